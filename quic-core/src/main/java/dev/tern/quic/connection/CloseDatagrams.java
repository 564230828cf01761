package dev.tern.quic.connection;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.quic.handshake.Handshake;
import dev.tern.quic.handshake.PacketNumberSpace;
import dev.tern.quic.path.Path;
import dev.tern.quic.path.PathSwitching;

/**
 * Datagrams that say that the connection is over, at every level that the peer may be able to read
 * (RFC 9000 §10.2.3). Owned by one agent; not thread-safe.
 */
final class CloseDatagrams {
    private final Handshake handshake;
    private final PathSwitching switching;
    private final Closing closing;
    private final PacketAssembler packets;

    CloseDatagrams(
            Handshake handshake,
            PathSwitching switching,
            Closing closing,
            PacketAssembler packets) {
        this.handshake = handshake;
        this.switching = switching;
        this.closing = closing;
        this.packets = packets;
    }

    /** Builds one at the start of the buffer; returns its length, 0 where none may leave. */
    int build(byte[] buffer, long nowNs) {
        Path path = switching.current();
        closing.onSent();
        if (!path.allowsBytes(Path.MIN_DATAGRAM_BYTES)) {
            return 0;
        }
        int length = 0;
        boolean initial = false;
        for (EncryptionLevel level : DatagramBuilder.LEVELS) {
            if (begin(level, path, buffer, length)) {
                initial |= level == EncryptionLevel.INITIAL;
                closing.write(packets.out(), level == EncryptionLevel.ONE_RTT);
                length = packets.end(path, 0, true, nowNs);
            }
        }
        boolean expand = initial && length < Path.MIN_DATAGRAM_BYTES;
        return expand ? DatagramBuilder.fillUp(buffer, length) : length;
    }

    private boolean begin(EncryptionLevel level, Path path, byte[] buffer, int offset) {
        PacketNumberSpace space = handshake.space(level);
        boolean useful = level != EncryptionLevel.ONE_RTT || handshake.isComplete();
        return space.canSeal()
                && useful
                && packets.begin(
                        space, path.destinationId().id(), buffer, offset, Path.MIN_DATAGRAM_BYTES);
    }
}
