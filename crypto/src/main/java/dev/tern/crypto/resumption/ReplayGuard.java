package dev.tern.crypto.resumption;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Lets each ClientHello with early data in once (RFC 8446 §8.2), and only near the time at which
 * its client says to have sent it (RFC 8446 §8.3): so that it need remember none for longer than
 * two windows. Its memory is fixed. When that is full, early data is refused and travels in 1-RTT
 * packets instead: slower, never unsafe.
 *
 * <p>It remembers in two generations of two windows each: the older one is forgotten as a whole.
 */
public final class ReplayGuard {
    /** Clocks differ, and a ClientHello may be sent again by its client's loss recovery. */
    public static final long DEFAULT_WINDOW_MS = 10_000;

    private final long windowMs;
    private long[] current;
    private long[] previous;
    private final int maxEntries;
    private int currentEntries;
    private long generationStartMs;
    private long refusedUpToMs = Long.MIN_VALUE;
    private boolean started;

    /**
     * A guard with room for that many early handshakes in two windows.
     *
     * @param windowMs how far apart the client's clock, the way here and ours may be
     */
    public ReplayGuard(long windowMs, int maxEntries) {
        if (windowMs <= 0 || maxEntries <= 0 || maxEntries > 1 << 28) {
            throw new IllegalArgumentException("a replay guard needs a window and some room");
        }
        this.windowMs = windowMs;
        this.maxEntries = maxEntries;
        // At most half full, so that looking one up stays short.
        int slots = Integer.highestOneBit(maxEntries) * 4;
        current = new long[slots];
        previous = new long[slots];
    }

    /**
     * Whether this one is fresh and new; it is remembered from now on.
     *
     * @param unique at least eight bytes that nobody can choose: the ClientHello's PSK binder
     */
    boolean admit(byte[] unique, long sentAtMs, long nowMs) {
        forgetOld(nowMs);
        if (Math.abs(nowMs - sentAtMs) > windowMs
                || sentAtMs <= refusedUpToMs
                || currentEntries == maxEntries) {
            return false;
        }
        long mark = ByteBuffer.wrap(unique).getLong();
        mark = mark == 0 ? 1 : mark; // An empty slot holds zero.
        if (previous[slotOf(previous, mark)] == mark) {
            return false;
        }
        int slot = slotOf(current, mark);
        if (current[slot] == mark) {
            return false;
        }
        current[slot] = mark;
        currentEntries++;
        return true;
    }

    private void forgetOld(long nowMs) {
        if (!started) {
            started = true;
            generationStartMs = nowMs;
        }
        if (nowMs - generationStartMs < 2 * windowMs) {
            return;
        }
        // What is forgotten was admitted before this generation, so its client's clock said no
        // later than this. Unless the time of day was set back, nothing as old could come anyway.
        refusedUpToMs = Math.max(refusedUpToMs, generationStartMs + windowMs);
        long[] oldest = previous;
        previous = current;
        Arrays.fill(oldest, 0);
        current = oldest;
        currentEntries = 0;
        generationStartMs = nowMs;
    }

    /** Where the mark is, or would be: the first free slot from its own place on. */
    private static int slotOf(long[] slots, long mark) {
        int slot = (int) mark & slots.length - 1;
        while (slots[slot] != 0 && slots[slot] != mark) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }
}
