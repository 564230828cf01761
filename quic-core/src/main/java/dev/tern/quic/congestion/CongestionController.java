package dev.tern.quic.congestion;

import dev.tern.quic.recovery.DeliveryRate;
import dev.tern.quic.recovery.RateSample;
import dev.tern.quic.recovery.SentPacket;

/**
 * Decides how many bytes may be in flight on one path (RFC 9002 §7). Bytes in flight are counted by
 * the path; times are the connection's {@code nowNs}. Owned by one agent; not thread-safe.
 */
public interface CongestionController {
    /** How many bytes may be in flight. */
    long windowBytes();

    /** Whether the window still grows exponentially. */
    boolean inSlowStart();

    /** An in-flight packet was sent. */
    void onPacketSent(int bytes, long bytesInFlight, long nowNs);

    /**
     * An in-flight packet was acknowledged.
     *
     * @param sentTimeNs when it was sent
     * @param applicationLimited whether the window was not full when it was sent: then it must not
     *     grow (RFC 9002 §7.8)
     */
    void onAcked(int bytes, long sentTimeNs, boolean applicationLimited, long nowNs);

    /**
     * A new round-trip sample of this path, before the {@link #onAcked} calls of the same ACK.
     *
     * @param packetNumber the largest packet number newly acknowledged
     * @param nextPacketNumber the number the next packet will have: where a new round begins
     */
    void onRttSample(
            long latestRttNs,
            long smoothedRttNs,
            long minRttNs,
            long packetNumber,
            long nextPacketNumber,
            long nowNs);

    /**
     * Packets were declared lost, or CE marks grew. One reduction a round trip: ignored when {@code
     * sentTimeNs} lies before the last reduction.
     *
     * @param sentTimeNs when the newest lost packet was sent
     * @return whether the window was reduced
     */
    boolean onCongestionEvent(long sentTimeNs, long nowNs);

    /** A packet was lost, as the next {@link #onCongestionEvent} sums up. */
    default void onPacketLost(SentPacket packet, DeliveryRate delivery, long nowNs) {}

    /** An ACK was taken in whole: what it tells of the network's rate. */
    default void onRateSample(
            RateSample sample, DeliveryRate delivery, long bytesInFlight, long nowNs) {}

    /** At which rate to send; 0 where it follows from window and round trip. */
    default double pacingBytesPerNs() {
        return 0;
    }

    /** The path carries larger datagrams now, or only smaller ones. */
    default void datagramBytes(int bytes) {}

    /** Everything sent over a long period was lost: back to the minimum window (RFC 9002 §7.6). */
    void onPersistentCongestion();

    /** The last reduction was a mistake (the packets arrived after all): takes it back. */
    void undoLastReduction();

    /**
     * The path is taken up after a pause or a change of network: starts again in slow start from
     * {@code min(window, the initial window)}.
     */
    void restart(long nowNs);
}
