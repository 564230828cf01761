package dev.tern.quic.recovery;

import dev.tern.quic.buf.RangeSet;
import dev.tern.quic.frame.AckFrame;
import dev.tern.quic.wire.ByteWriter;

/**
 * Which packets of one packet number space arrived, and when to say so (RFC 9000 §13.2). Every
 * second ack-eliciting packet is acknowledged at once, as is one out of order or marked CE; a
 * single one within the delay announced. Owned by one agent; not thread-safe.
 */
public final class AckTracker implements FrameOwner {
    /** Bounds memory and the size of an ACK frame; what is older is resent by the peer at worst. */
    private static final int MAX_RANGES = 64;

    /**
     * How far behind the newest acknowledged number a late packet is still taken: what was in
     * flight on a slower path at a switch. At 1200 bytes this is 2.4 MB.
     */
    private static final int REORDERING_WINDOW = 2048;

    private final EcnCounts ecn = new EcnCounts();
    private final RangeSet received = new RangeSet(MAX_RANGES);
    private final AckPolicy policy;
    private final int delayExponent;
    private long floor;
    private long largest = -1;
    private long largestTimeNs;
    private int unacknowledged;
    private boolean immediate;
    private long deadlineNs = Long.MAX_VALUE;

    /**
     * @param maxDelayNs how long a single packet may wait: max_ack_delay, 0 while handshaking
     * @param delayExponent ack_delay_exponent, 0 to 20
     */
    public AckTracker(long maxDelayNs, int delayExponent) {
        this.policy = new AckPolicy(maxDelayNs);
        this.delayExponent = delayExponent;
    }

    /** Whether this packet came before, or is too old to tell. */
    public boolean isDuplicate(long packetNumber) {
        return packetNumber < floor || received.contains(packetNumber);
    }

    public long largestReceived() {
        return largest;
    }

    /**
     * A packet was authenticated and its frames were handled.
     *
     * @param ecnCodepoint the two ECN bits of its datagram
     */
    public void onReceived(long packetNumber, boolean ackEliciting, int ecnCodepoint, long nowNs) {
        boolean congested = ecn.add(ecnCodepoint);
        boolean reordered = policy.tellsOfReordering(packetNumber, largest);
        received.addPoint(packetNumber);
        if (packetNumber > largest) {
            largest = packetNumber;
            largestTimeNs = nowNs;
        }
        if (!ackEliciting) {
            return;
        }
        if (received.rangeCount() > 1) {
            reordered |= policy.tellsOfGap(received.largest(1) + 1, largest);
        }
        unacknowledged++;
        boolean enough = policy.maxDelayNs() == 0 || policy.isEnough(unacknowledged);
        if (reordered || congested || enough) {
            immediate = true;
        } else {
            deadlineNs = Math.min(deadlineNs, nowNs + policy.maxDelayNs());
        }
    }

    /** Something happened that the peer should learn from an ACK now, such as a switch of path. */
    public void acknowledgeNow() {
        immediate = true;
    }

    /** The peer asked for ACKs of another frequency (draft-ietf-quic-ack-frequency). */
    public void onFrequencyRequest(
            long sequence, long ackElicitingThreshold, long maxDelayNs, long reordering) {
        policy.onRequest(sequence, ackElicitingThreshold, maxDelayNs, reordering);
    }

    /** Whether an ACK must be sent now. */
    public boolean isDue(long nowNs) {
        return largest >= 0 && (immediate || nowNs >= deadlineNs);
    }

    /** Whether an ACK would say something new: worth adding to a packet that leaves anyway. */
    public boolean hasNews() {
        return immediate || unacknowledged > 0;
    }

    /** When an ACK is due though nothing else is sent. */
    public long deadlineNs() {
        return deadlineNs;
    }

    /** Writes an ACK frame if it fits. */
    public boolean write(ByteWriter out, SentPacket packet, long nowNs) {
        if (largest < 0) {
            return false;
        }
        long scaledDelay = (Math.max(0, nowNs - largestTimeNs) / 1000) >> delayExponent;
        if (encode(out, scaledDelay) == 0) {
            return false;
        }
        packet.addSilentFrame(this, largest, 0);
        unacknowledged = 0;
        immediate = false;
        deadlineNs = Long.MAX_VALUE;
        return true;
    }

    private int encode(ByteWriter out, long scaledDelay) {
        return ecn.any()
                ? AckFrame.encode(
                        out, received, scaledDelay, MAX_RANGES, ecn.ect0(), ecn.ect1(), ecn.ce())
                : AckFrame.encode(out, received, scaledDelay, MAX_RANGES);
    }

    /** The peer knows of everything up to this number: no need to repeat it (RFC 9000 §13.2.4). */
    @Override
    public void onFrameAcked(long largestInFrame, long unused) {
        long below = largestInFrame - REORDERING_WINDOW;
        if (below > floor) {
            floor = below;
            received.removeBelow(below);
        }
    }

    @Override
    public void onFrameLost(long largestInFrame, long unused) {
        // The next ACK frame says all of it again.
    }
}
