package dev.tern.peer;

import dev.tern.crypto.identity.Base32;
import dev.tern.crypto.identity.PeerId;
import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.TransportException;
import dev.tern.relay.RelayAddress;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Everything that is needed to reach a peer and be let in, as one string to copy and paste (DESIGN
 * §5). Whoever has it may connect: treat it like a password.
 *
 * @param peer who will answer
 * @param relay where it can be reached
 * @param secret what proves that the dialler was given the ticket
 */
public record Ticket(PeerId peer, RelayAddress relay, TicketSecret secret) {
    private static final String PREFIX = "tern1";
    private static final int CHECKSUM_BYTES = 4;
    private static final int MAX_BYTES =
            PeerId.BYTES * 2 + TicketSecret.BYTES + 1 + 16 + 2 + CHECKSUM_BYTES;

    /**
     * Reads a ticket.
     *
     * @throws IllegalArgumentException with a sentence for a person, if it is none
     */
    public static Ticket parse(String text) {
        String trimmed = text.strip();
        if (!trimmed.startsWith(PREFIX)) {
            throw new IllegalArgumentException(
                    "not a ticket: it must start with \""
                            + PREFIX
                            + "\"; copy the whole line that tern send printed");
        }
        try {
            byte[] decoded = Base32.decode(trimmed.substring(PREFIX.length()));
            byte[] bytes = decoded == null ? new byte[0] : decoded;
            int bodyLength = bytes.length - CHECKSUM_BYTES;
            if (bodyLength <= 0
                    || !Arrays.equals(checksum(bytes, bodyLength), tail(bytes, bodyLength))) {
                throw damaged();
            }
            return read(new ByteReader().wrap(bytes, 0, bodyLength));
        } catch (TransportException | UnknownHostException | IllegalArgumentException e) {
            throw damaged();
        }
    }

    private static IllegalArgumentException damaged() {
        return new IllegalArgumentException(
                "the ticket is damaged or cut short; copy the whole line that tern send printed");
    }

    private static Ticket read(ByteReader in) throws UnknownHostException {
        PeerId peer = PeerId.of(in.readBytes(PeerId.BYTES));
        TicketSecret secret = TicketSecret.of(in.readBytes(TicketSecret.BYTES));
        PeerId relay = PeerId.of(in.readBytes(PeerId.BYTES));
        InetAddress address = InetAddress.getByAddress(in.readBytes(in.readLength()));
        return new Ticket(
                peer,
                new RelayAddress(relay, new InetSocketAddress(address, in.readShort())),
                secret);
    }

    private static byte[] checksum(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        byte[] sum = new byte[CHECKSUM_BYTES];
        new ByteWriter().wrap(sum, 0, CHECKSUM_BYTES).writeInt((int) crc.getValue());
        return sum;
    }

    private static byte[] tail(byte[] bytes, int offset) {
        return Arrays.copyOfRange(bytes, offset, bytes.length);
    }

    /** The string that {@link #parse} reads. */
    public String encode() {
        ByteWriter out = new ByteWriter().wrap(new byte[MAX_BYTES], 0, MAX_BYTES);
        byte[] address = relay.address().getAddress().getAddress();
        out.writeBytes(peer.bytes());
        out.writeBytes(secret.bytes());
        out.writeBytes(relay.id().bytes());
        out.writeByte(address.length);
        out.writeBytes(address);
        out.writeShort(relay.address().getPort());
        out.writeBytes(checksum(out.array(), out.position()));
        return PREFIX + Base32.encode(Arrays.copyOf(out.array(), out.position()));
    }
}
