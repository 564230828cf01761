package dev.tern.relay.server;

import dev.tern.quic.buf.DatagramQueue;
import dev.tern.quic.time.DeadlineQueue;
import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;

/**
 * Datagrams that wait for a peer's new address to be validated: at most {@value #CAPACITY_BYTES}
 * bytes, in their order. Not thread-safe.
 */
final class HeldDatagrams extends DeadlineQueue.Entry {
    static final int CAPACITY_BYTES = 64 * 1024;

    private static final int RECORD_BYTES = 3;

    private final byte[] buffer = new byte[CAPACITY_BYTES];
    private final ByteWriter out = new ByteWriter();
    private final ByteReader in = new ByteReader();
    private RegisteredPeer peer;
    private int start;
    private int end;
    private int count;

    /** Whom they are for; null while they are nobody's. */
    RegisteredPeer peer() {
        return peer;
    }

    void beginFor(RegisteredPeer newPeer) {
        peer = newPeer;
        start = 0;
        end = 0;
        count = 0;
    }

    int count() {
        return count;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Appends one; returns whether there was room. */
    boolean add(int ecn, byte[] source, int offset, int length) {
        if (end + RECORD_BYTES + length > CAPACITY_BYTES) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end + RECORD_BYTES + length > CAPACITY_BYTES) {
            return false;
        }
        out.wrap(buffer, end, CAPACITY_BYTES - end);
        out.writeShort(length);
        out.writeByte(ecn);
        out.writeBytes(source, offset, length);
        end = out.position();
        count++;
        return true;
    }

    int firstLength() {
        return in.wrap(buffer, start, end - start).readShort();
    }

    /** Moves the first one to a queue; it is gone even where the queue is full. */
    boolean moveFirstTo(DatagramQueue queue, PeerAddress to) {
        in.wrap(buffer, start, end - start);
        int length = in.readShort();
        int ecn = in.readByte();
        start = in.position() + length;
        count--;
        return queue.add(to.local(), to.remote(), ecn, buffer, in.position(), length);
    }
}
