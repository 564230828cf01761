package dev.tern.quic.recovery;

import dev.tern.crypto.EncryptionLevel;

/** What one path has in flight in one packet number space. */
final class SentSpace {
    final EncryptionLevel level;
    final SentPackets sent = new SentPackets();

    /** Those declared lost, for a while: an ACK may still show that they were not. */
    final SentPackets lost = new SentPackets();

    long largestAckedSequence = -1;
    long largestAckedNumber = -1;
    long lossTimeNs = Long.MAX_VALUE;

    /** When a probe of the path that nothing follows counts as lost. */
    long probeExpiryNs = Long.MAX_VALUE;

    long lastAckElicitingSentNs;

    /** But for probes. */
    int ackElicitingInFlight;

    SentSpace(EncryptionLevel level) {
        this.level = level;
    }

    /**
     * Declares no packet lost, but finds out when the oldest probe of the path will be.
     *
     * @param patienceNs how long a probe may be unanswered
     */
    void scheduleProbeExpiry(long patienceNs) {
        probeExpiryNs = Long.MAX_VALUE;
        for (int i = sent.firstOpen(); i < sent.size(); i++) {
            SentPacket packet = sent.at(i);
            if (packet.pathProbe && !packet.acked && !packet.declaredLost) {
                probeExpiryNs = packet.sentTimeNs + patienceNs;
                return;
            }
        }
    }
}
