package dev.tern.peer.inspect;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.crypto.PacketProtector;
import dev.tern.quic.wire.PacketHeader;
import dev.tern.quic.wire.PacketNumbers;

/** The keys of one direction at one level, which follow that direction's key updates. */
final class PacketKey {
    private static final int KEY_PHASE_BIT = 0x04;
    private static final int LONG_FORM = 0x80;

    private final EncryptionLevel level;
    private final boolean client;
    private final boolean version2;
    private PacketProtector previous;
    private PacketProtector current;
    private PacketProtector next;
    private boolean phase;
    private long largest = -1;

    PacketKey(EncryptionLevel level, boolean client, boolean version2, PacketProtector protector) {
        this.level = level;
        this.client = client;
        this.version2 = version2;
        this.current = protector;
    }

    EncryptionLevel level() {
        return level;
    }

    boolean client() {
        return client;
    }

    boolean version2() {
        return version2;
    }

    /**
     * The packet without its protection, or null if it is not of these keys.
     *
     * @param windows how many packet numbers to try that its encoding may stand for, while none is
     *     known to be near (RFC 9000 §17.1)
     */
    OpenedPacket open(PacketHeader header, byte[] datagram, int windows) {
        byte[] packet = copy(header, datagram);
        int pnOffset = header.packetNumberOffset() - header.packetOffset();
        int pnLength = current.unprotectHeader(packet, 0, pnOffset);
        int headerLength = pnOffset + pnLength;
        if (headerLength + PacketProtector.TAG_BYTES > packet.length) {
            return null;
        }
        long truncated = PacketNumbers.read(packet, pnOffset, pnLength);
        long first = PacketNumbers.decode(truncated, pnLength, largest + 1);
        for (int window = 0; window < (largest < 0 ? windows : 1); window++) {
            long packetNumber = first + ((long) window << (8 * pnLength));
            byte[] opened = packet.clone();
            int length = open(packetNumber, opened, headerLength);
            if (length >= 0) {
                largest = Math.max(largest, packetNumber);
                return new OpenedPacket(opened, pnLength, packetNumber, headerLength, length, true);
            }
        }
        return null;
    }

    private int open(long packetNumber, byte[] packet, int headerLength) {
        boolean bit = (packet[0] & (LONG_FORM | KEY_PHASE_BIT)) == KEY_PHASE_BIT;
        if (bit == phase) {
            return open(current, packetNumber, packet, headerLength);
        }
        if (previous != null) {
            byte[] attempt = packet.clone();
            int length = open(previous, packetNumber, attempt, headerLength);
            if (length >= 0) {
                System.arraycopy(attempt, 0, packet, 0, packet.length);
                return length;
            }
        }
        return openWithNext(packetNumber, packet, headerLength);
    }

    private static byte[] copy(PacketHeader header, byte[] datagram) {
        byte[] packet = new byte[header.packetLength()];
        System.arraycopy(datagram, header.packetOffset(), packet, 0, packet.length);
        return packet;
    }

    private int openWithNext(long packetNumber, byte[] packet, int headerLength) {
        if (next == null) {
            next = current.nextPhase();
        }
        int length = open(next, packetNumber, packet, headerLength);
        if (length >= 0) {
            previous = current;
            current = next;
            next = null;
            phase = !phase;
        }
        return length;
    }

    private static int open(
            PacketProtector keys, long packetNumber, byte[] packet, int headerLength) {
        return keys.open(0, packetNumber, packet, 0, headerLength, packet.length - headerLength);
    }
}
