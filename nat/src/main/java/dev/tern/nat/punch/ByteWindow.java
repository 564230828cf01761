package dev.tern.nat.punch;

import java.util.ArrayList;
import java.util.List;

/**
 * Bytes spent within a sliding window. Exact, unlike a token bucket, which lets twice its size pass
 * within one window: whatever is charged counts until a whole window after it was last spent.
 */
final class ByteWindow {
    private final long limitBytes;
    private final long windowNs;
    private final List<Charge> charges = new ArrayList<>();
    private long usedBytes;

    private record Charge(long bytes, long endNs) {}

    ByteWindow(long limitBytes, long windowNs) {
        this.limitBytes = limitBytes;
        this.windowNs = windowNs;
    }

    long leftBytes(long nowNs) {
        for (int i = charges.size() - 1; i >= 0; i--) {
            if (nowNs - charges.get(i).endNs >= windowNs) {
                usedBytes -= charges.remove(i).bytes;
            }
        }
        return limitBytes - usedBytes;
    }

    boolean isUnused(long nowNs) {
        return leftBytes(nowNs) == limitBytes;
    }

    /**
     * @param endNs when the last of these bytes is sent
     */
    void charge(long bytes, long endNs) {
        charges.add(new Charge(bytes, endNs));
        usedBytes += bytes;
    }

    /** Takes one charge back, if it is not forgotten already. */
    void refund(long bytes, long endNs) {
        if (charges.remove(new Charge(bytes, endNs))) {
            usedBytes -= bytes;
        }
    }
}
