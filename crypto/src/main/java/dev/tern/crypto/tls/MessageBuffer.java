package dev.tern.crypto.tls;

import java.util.Arrays;

/**
 * Cuts in-order CRYPTO bytes into TLS handshake messages (RFC 8446 §4), for they come in any
 * pieces. Holds at most one message that is not whole yet.
 */
final class MessageBuffer {
    /** Type (1) and length (3). */
    static final int HEADER_BYTES = 4;

    /**
     * Limit of bytes held. A certificate chain of a web server seldom passes 8 KiB, a ClientHello
     * with post-quantum key shares 2 KiB.
     */
    static final int MAX_PENDING_BYTES = 1 << 16;

    /** Holds our own handshake messages without growing. */
    private static final int FIRST_CAPACITY_BYTES = 1024;

    /** While nothing is held: most of a connection's life. */
    private static final byte[] NOTHING = {};

    private byte[] pending = NOTHING;
    private int start;
    private int end;

    /** Adds bytes, or says that they do not fit. */
    boolean add(byte[] bytes, int offset, int length) {
        if (length > MAX_PENDING_BYTES - pendingBytes()) {
            return false;
        }
        if (length > pending.length - end) {
            int needed = pendingBytes() + length;
            byte[] room = needed > pending.length ? new byte[capacityFor(needed)] : pending;
            System.arraycopy(pending, start, room, 0, pendingBytes());
            end -= start;
            start = 0;
            pending = room;
        }
        System.arraycopy(bytes, offset, pending, end, length);
        end += length;
        return true;
    }

    private int capacityFor(int needed) {
        return Math.max(FIRST_CAPACITY_BYTES, Math.max(needed, 2 * pending.length));
    }

    int pendingBytes() {
        return end - start;
    }

    /** The next message with its header, or null while it is not whole. */
    byte[] next() {
        if (pendingBytes() < HEADER_BYTES) {
            return null;
        }
        int length = HEADER_BYTES + bodyLength();
        if (pendingBytes() < length) {
            return null;
        }
        byte[] message = Arrays.copyOfRange(pending, start, start + length);
        start += length;
        if (start == end) {
            pending = NOTHING;
            start = 0;
            end = 0;
        }
        return message;
    }

    private int bodyLength() {
        return (pending[start + 1] & 0xff) << 16
                | (pending[start + 2] & 0xff) << 8
                | (pending[start + 3] & 0xff);
    }
}
