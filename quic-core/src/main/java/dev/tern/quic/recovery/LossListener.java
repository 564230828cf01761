package dev.tern.quic.recovery;

import dev.tern.crypto.EncryptionLevel;

/** What a {@link LossDetector} tells its path: input to congestion control (RFC 9002 §7). */
public interface LossListener {
    /** The round-trip time was measured; the {@link #onAcked} calls of the same ACK follow. */
    void onRttSample(long packetNumber, long nextPacketNumber, long nowNs);

    /** A packet in flight was acknowledged. */
    void onAcked(SentPacket packet, long nowNs);

    /** A packet in flight was lost; {@link #onLost} follows after the last. */
    void onPacketLost(EncryptionLevel level, SentPacket packet, long nowNs);

    /**
     * Packets were lost; {@code sentTimeNs} is when the newest of them was sent.
     *
     * @return whether it led to a reduction: no, if they are of a congestion answered already
     */
    boolean onLost(long sentTimeNs, boolean persistentCongestion, long nowNs);

    /** Every packet whose loss led to the last reduction arrived after all. */
    void onSpuriousLoss();

    /** The ACK is complete, and what it showed to be lost was told. */
    void onAckEnd(long nowNs);
}
