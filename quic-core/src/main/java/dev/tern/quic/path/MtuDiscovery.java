package dev.tern.quic.path;

import dev.tern.quic.frame.PingFrame;
import dev.tern.quic.recovery.FrameOwner;
import dev.tern.quic.recovery.SentPacket;
import dev.tern.quic.wire.ByteWriter;

/**
 * Finds out how large a datagram the path carries (DPLPMTUD: RFC 8899, RFC 9000 §14.3). Starts at
 * the size that every path must carry; tries the largest first, for most paths carry it, then
 * halves what is left.
 *
 * <pre>
 *   BASE --limit--> SEARCHING --range under 16 bytes--> COMPLETE
 *                    ^  ^                                 |  |
 *                    |  +-----------10 minutes------------+  |
 *                    +--------large ones vanish--------------+
 * </pre>
 *
 * Owned by one agent; not thread-safe.
 */
final class MtuDiscovery implements FrameOwner {
    /** BASE_PLPMTU (RFC 9000 §14.2). */
    private static final int BASE_BYTES = Path.MIN_DATAGRAM_BYTES;

    /** MAX_PROBES (RFC 8899 §5.1.2). */
    private static final int MAX_PROBES = 3;

    /** PMTU_RAISE_TIMER (RFC 8899 §5.1.1). */
    private static final long RAISE_NS = 600_000_000_000L;

    /** A closer answer would not be worth its probes. */
    private static final int PRECISION_BYTES = 16;

    /** As many large packets lost behind one another, with only small ones arriving after them. */
    private static final int BLACK_HOLE_LOSSES = 3;

    private int limitBytes = BASE_BYTES;
    private int currentBytes = BASE_BYTES;
    private int highBytes = BASE_BYTES;
    private int failures;
    private boolean grown;
    private long probe;
    private boolean probing;
    private long deadlineNs = Long.MAX_VALUE;
    private boolean complete;
    private long raiseNs;
    private long newestLargeAcked = -1;
    private int largeLost;

    /** What datagrams may measure now. */
    int datagramBytes() {
        return currentBytes;
    }

    void limit(int bytes) {
        limitBytes = Math.max(bytes, BASE_BYTES);
        search(limitBytes);
    }

    /** It may be another path now, though its addresses are the same. */
    void restart() {
        currentBytes = BASE_BYTES;
        newestLargeAcked = -1;
        largeLost = 0;
        search(limitBytes);
    }

    private void search(int upToBytes) {
        highBytes = upToBytes;
        failures = 0;
        complete = false;
        endProbe();
    }

    private void endProbe() {
        probing = false;
        probe++;
        deadlineNs = Long.MAX_VALUE;
    }

    /** How large a probe should leave now; 0 for none. */
    int probeBytes(long nowNs) {
        if (probing) {
            return 0;
        }
        if (complete && currentBytes < limitBytes && nowNs - raiseNs >= 0) {
            search(limitBytes);
        }
        return !complete && highBytes - currentBytes > 0 ? nextBytes() : 0;
    }

    private int nextBytes() {
        return highBytes == limitBytes ? highBytes : (currentBytes + highBytes + 1) / 2;
    }

    /** Writes the frame of a probe; its packet is then padded to {@link #probeBytes}. */
    void write(ByteWriter out, SentPacket packet, long giveUpNs, long nowNs) {
        PingFrame.encode(out);
        packet.addFrame(this, nextBytes(), probe);
        packet.markMtuProbe();
        probing = true;
        deadlineNs = giveUpNs;
        raiseNs = nowNs + RAISE_NS;
    }

    /** When the probe under way counts as lost, whatever else arrives. */
    long deadlineNs() {
        return deadlineNs;
    }

    @Override
    public void onFrameAcked(long bytes, long ofProbe) {
        if (ofProbe != probe || !probing) {
            return;
        }
        currentBytes = (int) bytes;
        grown = true;
        failures = 0;
        endProbe();
        completeIfPrecise();
    }

    @Override
    public void onFrameLost(long bytes, long ofProbe) {
        if (ofProbe != probe || !probing) {
            return;
        }
        endProbe();
        if (++failures == MAX_PROBES) {
            failures = 0;
            highBytes = (int) bytes - 1;
            completeIfPrecise();
        }
    }

    private void completeIfPrecise() {
        complete = highBytes - currentBytes < PRECISION_BYTES;
    }

    /** Whether larger datagrams may be sent since this was last asked. */
    boolean takeGrown() {
        boolean was = grown;
        grown = false;
        return was;
    }

    void onAcked(int bytes, long sequence) {
        if (bytes > BASE_BYTES && sequence > newestLargeAcked) {
            newestLargeAcked = sequence;
            largeLost = 0;
        }
    }

    /**
     * A packet that was no probe is lost. Where others of its size arrived after it, the network
     * was congested; where only small ones do, it no longer carries the large (RFC 8899 §4.3).
     *
     * @return whether datagrams must be smaller from now on
     */
    boolean onLost(int bytes, long sequence, long nowNs) {
        boolean suspicious = bytes > BASE_BYTES && sequence > newestLargeAcked;
        if (!suspicious || currentBytes == BASE_BYTES || ++largeLost < BLACK_HOLE_LOSSES) {
            return false;
        }
        int failedBytes = currentBytes;
        restart();
        search(failedBytes - 1);
        raiseNs = nowNs + RAISE_NS;
        return true;
    }
}
