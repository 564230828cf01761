package dev.tern.quic.recovery;

import java.util.Arrays;

/**
 * A packet in flight: when it left, how large it was, and whose frames it carried (RFC 9002
 * §A.1.1). Reused: {@link #clear} makes it new. Not thread-safe.
 */
public final class SentPacket {
    private FrameOwner[] owners = new FrameOwner[4];
    private long[] a = new long[4];
    private long[] b = new long[4];
    private int frameCount;

    long packetNumber;
    long pathSequence;
    long sentTimeNs;
    int sizeBytes;
    boolean ackEliciting;
    boolean hasToArrive;
    boolean declaredLost;
    boolean acked;
    boolean applicationLimited;
    boolean ecnMarked;
    boolean mtuProbe;
    boolean pathProbe;
    boolean lostByTime;
    int detection;

    // For delivery rate samples: how things stood when it left.
    long firstSentTimeNs;
    long deliveredTimeNs;
    long deliveredBytes;
    long lostBytes;
    long inFlightBytes;
    boolean rateLimited;

    /** Notes a frame written into this packet; the owner hears what becomes of it. */
    public void addFrame(FrameOwner owner, long first, long second) {
        if (frameCount == owners.length) {
            owners = Arrays.copyOf(owners, frameCount * 2);
            a = Arrays.copyOf(a, frameCount * 2);
            b = Arrays.copyOf(b, frameCount * 2);
        }
        owners[frameCount] = owner;
        a[frameCount] = first;
        b[frameCount] = second;
        frameCount++;
        ackEliciting = true;
        hasToArrive = true;
    }

    /** As {@link #addFrame}, for a frame that asks for no acknowledgement itself (ACK). */
    public void addSilentFrame(FrameOwner owner, long first, long second) {
        boolean elicitingBefore = ackEliciting;
        boolean hadToArrive = hasToArrive;
        addFrame(owner, first, second);
        ackEliciting = elicitingBefore;
        hasToArrive = hadToArrive;
    }

    /**
     * Marks the packet as one that asks for an acknowledgement though nobody owns its frame (PING).
     */
    public void markAckEliciting() {
        ackEliciting = true;
    }

    /**
     * Marks the packet as one that finds out whether a larger size passes: its loss is no sign of
     * congestion, and nobody waits for it (RFC 9000 §14.4).
     */
    public void markMtuProbe() {
        mtuProbe = true;
    }

    /**
     * Marks a frame of the packet as one that finds out about the path (RFC 9000 §9.1). With no
     * other than such frames the packet is in flight, but nobody waits for it, and its loss is no
     * sign of congestion: whoever validates the path sends another (§9.4).
     */
    public void markPathProbe() {
        pathProbe = true;
    }

    /** Whether its loss is no sign of congestion. */
    boolean isProbe() {
        return mtuProbe || pathProbe;
    }

    /** Whether it counts as in flight until its fate is known (RFC 9002 §2). */
    public boolean isInFlight() {
        return ackEliciting || pathProbe;
    }

    /** The datagram's IP header says ECT(0). */
    public void markEcn() {
        ecnMarked = true;
    }

    public boolean isEcnMarked() {
        return ecnMarked;
    }

    public boolean isAckEliciting() {
        return ackEliciting;
    }

    public boolean isEmpty() {
        return frameCount == 0 && !ackEliciting;
    }

    public long packetNumber() {
        return packetNumber;
    }

    public long sentTimeNs() {
        return sentTimeNs;
    }

    /** Bytes on the wire, without UDP and IP. */
    public int sizeBytes() {
        return sizeBytes;
    }

    /** Whether the window was not full when it left (RFC 9002 §7.8). */
    public boolean applicationLimited() {
        return applicationLimited;
    }

    /** If it was lost: whether by time rather than by the order of the others. */
    public boolean isLostByTime() {
        return lostByTime;
    }

    /** Its place among the packets that asked for an acknowledgement on this path. */
    public long pathSequence() {
        return pathSequence;
    }

    /** In flight on the path when it left, itself included. */
    public long inFlightBytes() {
        return inFlightBytes;
    }

    /** Lost on the path before it left. */
    public long lostBeforeBytes() {
        return lostBytes;
    }

    /** Delivered on the path before it left. */
    public long deliveredBeforeBytes() {
        return deliveredBytes;
    }

    /** Tells every owner that its frame arrived. */
    public void notifyAcked() {
        for (int i = 0; i < frameCount; i++) {
            owners[i].onFrameAcked(a[i], b[i]);
        }
    }

    /** Tells every owner that its frame is lost. */
    public void notifyLost() {
        for (int i = 0; i < frameCount; i++) {
            owners[i].onFrameLost(a[i], b[i]);
        }
    }

    /** Forgets everything, so that the object can carry another packet. */
    public void clear() {
        Arrays.fill(owners, 0, frameCount, null);
        frameCount = 0;
        packetNumber = -1;
        pathSequence = -1;
        sentTimeNs = 0;
        sizeBytes = 0;
        ackEliciting = false;
        hasToArrive = false;
        declaredLost = false;
        acked = false;
        applicationLimited = false;
        ecnMarked = false;
        mtuProbe = false;
        pathProbe = false;
        lostByTime = false;
        detection = 0;
        rateLimited = false;
    }
}
