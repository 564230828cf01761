package dev.tern.quic.recovery;

/** What a {@link LossDetector} tells its path: input to congestion control (RFC 9002 §7). */
public interface LossListener {
    /** The round-trip time was measured; the {@link #onAcked} calls of the same ACK follow. */
    void onRttSample(long packetNumber, long nextPacketNumber, long nowNs);

    /** A packet in flight was acknowledged. */
    void onAcked(int bytes, long sentTimeNs, boolean applicationLimited, long nowNs);

    /** Packets were lost; {@code sentTimeNs} is when the newest of them was sent. */
    void onLost(long sentTimeNs, boolean persistentCongestion, long nowNs);

    /** Every packet that was declared lost arrived after all. */
    void onSpuriousLoss();
}
