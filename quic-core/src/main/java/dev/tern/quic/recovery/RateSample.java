package dev.tern.quic.recovery;

/**
 * What one ACK tells of the rate at which the network delivers (draft-ietf-ccwg-bbr, "Delivery Rate
 * Samples"). Filled in by {@link DeliveryRate}; reused.
 */
public final class RateSample {
    double bytesPerNs;
    boolean applicationLimited;
    long deliveredBytes;
    long priorDeliveredBytes;
    long lostBytes;
    long inFlightWhenSentBytes;
    long newlyAckedBytes;
    long newlyLostBytes;
    long newestSequence;

    /** Bytes delivered by nanosecond, or 0 where the interval was too short to tell. */
    public double bytesPerNs() {
        return bytesPerNs;
    }

    /** Whether the application set the rate, so that the network may be faster. */
    public boolean applicationLimited() {
        return applicationLimited;
    }

    /** Delivered between sending and acknowledgement of the newest packet acknowledged. */
    public long deliveredBytes() {
        return deliveredBytes;
    }

    /** What was delivered in all when the newest packet acknowledged was sent. */
    public long priorDeliveredBytes() {
        return priorDeliveredBytes;
    }

    /** Lost between sending and acknowledgement of the newest packet acknowledged. */
    public long lostBytes() {
        return lostBytes;
    }

    /** In flight when the newest packet acknowledged was sent, itself included. */
    public long inFlightWhenSentBytes() {
        return inFlightWhenSentBytes;
    }

    /** Acknowledged by this ACK. */
    public long newlyAckedBytes() {
        return newlyAckedBytes;
    }

    /** Lost, as this ACK showed. */
    public long newlyLostBytes() {
        return newlyLostBytes;
    }
}
