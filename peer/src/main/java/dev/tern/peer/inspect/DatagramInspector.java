package dev.tern.peer.inspect;

import dev.tern.quic.frame.FrameReader;
import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.PacketHeader;
import dev.tern.quic.wire.PacketNumbers;
import dev.tern.quic.wire.PacketType;
import dev.tern.quic.wire.TransportException;
import dev.tern.quic.wire.VersionNegotiationPacket;
import dev.tern.quic.wire.Versions;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Takes datagrams apart, packet by packet, in readable lines. Remembers what it sees: the keys of
 * Initials, the connection IDs that short headers will carry, packet numbers.
 */
final class DatagramInspector {
    private static final HexFormat HEX = HexFormat.of();
    private static final int RESERVED_BITS_LONG = 0x0c;
    private static final int RESERVED_BITS_SHORT = 0x18;
    private static final int KEY_PHASE_BIT = 0x04;
    private static final int SPIN_BIT = 0x20;

    private final KeyRing keys;
    private final boolean surelyQuic;
    private final Consumer<String> out;
    private final PacketHeader header = new PacketHeader();
    private final ByteReader reader = new ByteReader();
    private final FrameReader frames = new FrameReader();
    private final Set<String> knownIds = new HashSet<>();
    private int lastIdLength = PacketHeader.SELF_DESCRIBED;

    /**
     * @param surelyQuic whether what might be a short header is one; else only if its connection ID
     *     is known or a key opens it, for any protocol's datagram can look like it
     */
    DatagramInspector(KeyRing keys, boolean surelyQuic, Consumer<String> out) {
        this.keys = keys;
        this.surelyQuic = surelyQuic;
        this.out = out;
    }

    /** Shows a datagram; returns false, and shows nothing, if it is no QUIC. */
    boolean inspect(String title, byte[] datagram) {
        if (!parse(datagram, 0)) {
            return false;
        }
        out.accept(title + ": " + datagram.length + " bytes");
        int position = 0;
        while (position < datagram.length) {
            if (!parse(datagram, position)) {
                out.accept("  " + (datagram.length - position) + " bytes that are no QUIC packet");
                return true;
            }
            inspectPacket(datagram);
            position += header.packetLength();
        }
        return true;
    }

    /** Shows bytes that are frames of a 1-RTT packet, without a header. */
    void inspectFrames(byte[] payload) {
        out.accept("frames: " + payload.length + " bytes");
        printFrames(payload, 0, payload.length, PacketType.ONE_RTT);
    }

    private boolean parse(byte[] datagram, int position) {
        int length = datagram.length - position;
        if (datagram[position] < 0) {
            return header.parse(datagram, position, length, 0);
        }
        return parseShort(datagram, position, length);
    }

    /** A short header does not tell how long its connection ID is: only who issued it knows. */
    private boolean parseShort(byte[] datagram, int position, int length) {
        for (int idLength = ConnectionId.MAX_LENGTH; idLength > 0; idLength--) {
            if (header.parse(datagram, position, length, idLength)
                    && knownIds.contains(hex(datagram, header.destinationIdOffset(), idLength))) {
                return true;
            }
        }
        if (keys.hasLogged()) {
            for (int idLength : likelyIdLengths()) {
                if (header.parse(datagram, position, length, idLength)
                        && keys.open(header, datagram) != null) {
                    lastIdLength = idLength;
                    return true;
                }
            }
        }
        return surelyQuic
                && (header.parse(datagram, position, length, PacketHeader.SELF_DESCRIBED)
                        || header.parse(datagram, position, length, 0));
    }

    private List<Integer> likelyIdLengths() {
        List<Integer> lengths = new ArrayList<>();
        lengths.add(lastIdLength);
        for (int length = 0; length <= ConnectionId.MAX_LENGTH; length++) {
            lengths.add(length);
        }
        return lengths;
    }

    private void inspectPacket(byte[] datagram) {
        PacketType type = header.type();
        out.accept("  " + name(type) + " packet, " + header.packetLength() + " bytes");
        if (type == PacketType.ONE_RTT) {
            idField(
                    "destination connection ID",
                    datagram,
                    header.destinationIdOffset(),
                    header.destinationIdLength());
        } else {
            longHeader(datagram, type);
        }
        if (header.packetNumberOffset() != 0) {
            inspectPayload(datagram, type);
        }
    }

    private static String name(PacketType type) {
        return switch (type) {
            case INITIAL -> "Initial";
            case ZERO_RTT -> "0-RTT";
            case HANDSHAKE -> "Handshake";
            case RETRY -> "Retry";
            case VERSION_NEGOTIATION -> "Version Negotiation";
            case ONE_RTT -> "1-RTT";
            case null -> "unknown version's";
        };
    }

    private void longHeader(byte[] datagram, PacketType type) {
        if (type != PacketType.VERSION_NEGOTIATION) {
            field("version", versionName(header.version()));
        }
        idField(
                "destination connection ID",
                datagram,
                header.destinationIdOffset(),
                header.destinationIdLength());
        idField("source connection ID", datagram, header.sourceIdOffset(), header.sourceIdLength());
        if (header.sourceIdLength() > 0) {
            knownIds.add(hex(datagram, header.sourceIdOffset(), header.sourceIdLength()));
        }
        switch (type) {
            case INITIAL, RETRY ->
                    idField("token", datagram, header.tokenOffset(), header.tokenLength());
            case VERSION_NEGOTIATION -> {
                for (int i = 0; i < VersionNegotiationPacket.versionCount(header); i++) {
                    field(
                            "supported version",
                            versionName(VersionNegotiationPacket.version(datagram, header, i)));
                }
            }
            case null, default -> {}
        }
        if (type == PacketType.RETRY) {
            int tag = header.tokenOffset() + header.tokenLength();
            idField("integrity tag", datagram, tag, datagram.length - tag);
        }
        if (header.packetNumberOffset() != 0) {
            int length =
                    header.packetOffset() + header.packetLength() - header.packetNumberOffset();
            field("length", Integer.toString(length));
        }
    }

    private static String versionName(int version) {
        String number = "0x" + HexFormat.of().toHexDigits(version);
        return switch (version) {
            case Versions.V1 -> number + " (QUIC v1)";
            case Versions.V2 -> number + " (QUIC v2)";
            default -> (version & 0x0f0f0f0f) == 0x0a0a0a0a ? number + " (grease)" : number;
        };
    }

    private void inspectPayload(byte[] datagram, PacketType type) {
        OpenedPacket packet = keys.open(header, datagram);
        if (packet == null) {
            packet = asPlain(datagram, type);
        }
        if (packet == null) {
            int sealed =
                    header.packetOffset() + header.packetLength() - header.packetNumberOffset();
            field("payload", sealed + " bytes, protected with keys that are not known");
            return;
        }
        int first = packet.bytes()[0] & 0xff;
        if (type == PacketType.ONE_RTT) {
            field("spin bit", (first & SPIN_BIT) == 0 ? "0" : "1");
            field("key phase", (first & KEY_PHASE_BIT) == 0 ? "0" : "1");
        }
        field(
                "packet number",
                packet.packetNumber() + " (" + packet.packetNumberLength() + "-byte encoding)");
        if (!packet.unprotected()) {
            field("payload", packet.payloadLength() + " bytes, not protected");
        }
        printFrames(packet.bytes(), packet.payloadOffset(), packet.payloadLength(), type);
    }

    /** Without protection, if all of it then is frames: for tests and null ciphers. */
    private OpenedPacket asPlain(byte[] datagram, PacketType type) {
        byte[] bytes = new byte[header.packetLength()];
        System.arraycopy(datagram, header.packetOffset(), bytes, 0, bytes.length);
        int reserved = type == PacketType.ONE_RTT ? RESERVED_BITS_SHORT : RESERVED_BITS_LONG;
        int pnOffset = header.packetNumberOffset() - header.packetOffset();
        int pnLength = (bytes[0] & 3) + 1;
        int payloadOffset = pnOffset + pnLength;
        if ((bytes[0] & reserved) != 0 || payloadOffset >= bytes.length) {
            return null;
        }
        OpenedPacket packet =
                new OpenedPacket(
                        bytes,
                        pnLength,
                        PacketNumbers.read(bytes, pnOffset, pnLength),
                        payloadOffset,
                        bytes.length - payloadOffset,
                        false);
        try {
            reader.wrap(bytes, payloadOffset, packet.payloadLength());
            frames.read(reader, type, new FramePrinter(line -> {}));
            return packet;
        } catch (TransportException e) {
            return null;
        }
    }

    private void printFrames(byte[] bytes, int offset, int length, PacketType type) {
        try {
            frames.read(
                    reader.wrap(bytes, offset, length),
                    type,
                    new FramePrinter(line -> out.accept("    " + line)));
        } catch (TransportException e) {
            out.accept("    then bytes that are no valid frame: " + e.getMessage());
        }
    }

    private void field(String name, String value) {
        out.accept(String.format(java.util.Locale.ROOT, "    %-27s%s", name, value));
    }

    private void idField(String name, byte[] datagram, int offset, int length) {
        field(name, length == 0 ? "(empty)" : hex(datagram, offset, length));
    }

    private static String hex(byte[] bytes, int offset, int length) {
        return HEX.formatHex(bytes, offset, offset + length);
    }
}
