package dev.tern.quic.endpoint;

import dev.tern.quic.wire.ConnectionId;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Which connection a connection ID leads to. Open addressing over the IDs' bytes, looked up in
 * place; the hash is keyed, so that nobody can choose IDs that collide. Not thread-safe.
 *
 * @param <T> what IDs lead to
 */
final class CidRouter<T> {
    private static final int MIN_CAPACITY = 64;
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final long key;
    private ConnectionId[] ids = new ConnectionId[MIN_CAPACITY];
    private Object[] targets = new Object[MIN_CAPACITY];
    private int size;

    /**
     * @param key random, secret
     */
    CidRouter(long key) {
        this.key = key;
    }

    int size() {
        return size;
    }

    /**
     * Has the ID lead there, unless it leads elsewhere already: IDs come from relays, tokens from
     * peers, and none of them may take a connection away from its owner.
     */
    void put(ConnectionId id, T target) {
        if (2 * (size + 1) > ids.length) {
            grow();
        }
        int slot = slotOf(id);
        if (ids[slot] == null) {
            size++;
            ids[slot] = id;
            targets[slot] = target;
        }
    }

    /** The target of the ID at a place in a datagram, or null. */
    @SuppressWarnings("unchecked")
    T get(byte[] buffer, int offset, int length) {
        int slot = hash(buffer, offset, length) & ids.length - 1;
        while (ids[slot] != null) {
            if (ids[slot].matches(buffer, offset, length)) {
                return (T) targets[slot];
            }
            slot = slot + 1 & ids.length - 1;
        }
        return null;
    }

    /** Forgets the ID, if it leads there. */
    void remove(ConnectionId id, T target) {
        int slot = slotOf(id);
        if (targets[slot] != target) {
            return;
        }
        size--;
        int hole = slot;
        int next = slot;
        while (true) {
            next = next + 1 & ids.length - 1;
            if (ids[next] == null) {
                break;
            }
            int home = hash(ids[next]) & ids.length - 1;
            // What probed past the hole moves into it, else it would not be found again.
            if ((next - home & ids.length - 1) >= (next - hole & ids.length - 1)) {
                ids[hole] = ids[next];
                targets[hole] = targets[next];
                hole = next;
            }
        }
        ids[hole] = null;
        targets[hole] = null;
    }

    private int slotOf(ConnectionId id) {
        int slot = hash(id) & ids.length - 1;
        while (ids[slot] != null && !ids[slot].equals(id)) {
            slot = slot + 1 & ids.length - 1;
        }
        return slot;
    }

    private int hash(ConnectionId id) {
        byte[] bytes = new byte[id.length()];
        id.copyTo(bytes, 0);
        return hash(bytes, 0, bytes.length);
    }

    private int hash(byte[] buffer, int offset, int length) {
        long state = key ^ length;
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            state = mix(state ^ (long) LONG.get(buffer, offset + i));
        }
        for (; i < length; i++) {
            state = mix(state ^ (buffer[offset + i] & 0xff));
        }
        return (int) (mix(state ^ key) >>> 32);
    }

    /** Twice multiplied and folded: each bit of the key and of the ID moves each bit of the sum. */
    private static long mix(long state) {
        long mixed = (state ^ state >>> 32) * 0x9E3779B97F4A7C15L;
        return (mixed ^ mixed >>> 29) * 0xBF58476D1CE4E5B9L;
    }

    @SuppressWarnings("unchecked")
    private void grow() {
        ConnectionId[] oldIds = ids;
        Object[] oldTargets = targets;
        ids = new ConnectionId[oldIds.length * 2];
        targets = new Object[oldIds.length * 2];
        size = 0;
        for (int i = 0; i < oldIds.length; i++) {
            if (oldIds[i] != null) {
                put(oldIds[i], (T) oldTargets[i]);
            }
        }
    }
}
