package dev.tern.quic.recovery;

/**
 * Measures how fast one path delivers (draft-ietf-ccwg-bbr, "Delivery Rate Samples"): each packet
 * remembers what was delivered when it left, and its acknowledgement tells what was delivered
 * since. Owned by one agent; not thread-safe.
 */
public final class DeliveryRate {
    private final RateSample sample = new RateSample();
    private long deliveredBytes;
    private long lostBytes;
    private long deliveredTimeNs;
    private long firstSentTimeNs;
    private long applicationLimitedUntilBytes;
    private long sendElapsedNs;
    private long ackElapsedNs;

    public DeliveryRate() {
        begin();
    }

    /** Delivered since the path began. */
    public long deliveredBytes() {
        return deliveredBytes;
    }

    /** Lost since the path began. */
    public long lostBytes() {
        return lostBytes;
    }

    /** Whether what is in flight was limited by the application. */
    public boolean isApplicationLimited() {
        return applicationLimitedUntilBytes > 0;
    }

    /**
     * A packet leaves.
     *
     * @param inFlightBytes before it
     */
    public void onSent(SentPacket packet, long inFlightBytes, long nowNs) {
        if (inFlightBytes == 0) {
            firstSentTimeNs = nowNs;
            deliveredTimeNs = nowNs;
        }
        packet.firstSentTimeNs = firstSentTimeNs;
        packet.deliveredTimeNs = deliveredTimeNs;
        packet.deliveredBytes = deliveredBytes;
        packet.lostBytes = lostBytes;
        packet.inFlightBytes = inFlightBytes + packet.sizeBytes;
        packet.rateLimited = isApplicationLimited();
    }

    /** Nothing waits to be sent though the network would take more. */
    public void onApplicationLimited(long inFlightBytes) {
        applicationLimitedUntilBytes = Math.max(1, deliveredBytes + inFlightBytes);
    }

    public void onAcked(SentPacket packet, long nowNs) {
        deliveredBytes += packet.sizeBytes;
        deliveredTimeNs = nowNs;
        sample.newlyAckedBytes += packet.sizeBytes;
        if (sample.newestSequence >= 0 && packet.pathSequence < sample.newestSequence) {
            return;
        }
        sample.newestSequence = packet.pathSequence;
        sample.priorDeliveredBytes = packet.deliveredBytes;
        sample.lostBytes = packet.lostBytes;
        sample.applicationLimited = packet.rateLimited;
        sample.inFlightWhenSentBytes = packet.inFlightBytes;
        sendElapsedNs = packet.sentTimeNs - packet.firstSentTimeNs;
        ackElapsedNs = nowNs - packet.deliveredTimeNs;
        firstSentTimeNs = packet.sentTimeNs;
    }

    public void onLost(SentPacket packet) {
        lostBytes += packet.sizeBytes;
        sample.newlyLostBytes += packet.sizeBytes;
    }

    /**
     * The ACK is complete.
     *
     * @param minRttNs a shorter interval than this measures the compression of ACKs
     * @return the sample, valid until the next call of any method; null if nothing was acknowledged
     */
    public RateSample onAckEnd(long minRttNs) {
        if (applicationLimitedUntilBytes > 0 && deliveredBytes > applicationLimitedUntilBytes) {
            applicationLimitedUntilBytes = 0;
        }
        if (sample.newestSequence < 0) {
            return null;
        }
        sample.deliveredBytes = deliveredBytes - sample.priorDeliveredBytes;
        sample.lostBytes = lostBytes - sample.lostBytes;
        long intervalNs = Math.max(sendElapsedNs, ackElapsedNs);
        sample.bytesPerNs =
                intervalNs >= Math.max(1, minRttNs)
                        ? (double) sample.deliveredBytes / intervalNs
                        : 0;
        return sample;
    }

    /** The sample was used; the next ACK begins another. */
    public void begin() {
        sample.newlyAckedBytes = 0;
        sample.newlyLostBytes = 0;
        sample.newestSequence = -1;
    }
}
