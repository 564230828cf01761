package dev.tern.quic.congestion;

/**
 * HyStart++ (RFC 9406): leaves slow start when round trips grow longer, before packets are lost.
 *
 * <pre>
 *   SLOW_START --RTT grew--> CONSERVATIVE --5 rounds--> FINISHED
 *        ^                        |
 *        +---- RTT fell again ----+
 * </pre>
 *
 * Windows grow without the RFC's limit L, for our packets are paced (§4.3).
 */
final class HyStart {
    private static final long MIN_RTT_THRESHOLD_NS = 4_000_000;
    private static final long MAX_RTT_THRESHOLD_NS = 16_000_000;
    private static final int MIN_RTT_DIVISOR = 8;
    private static final int RTT_SAMPLES = 8;
    private static final int CONSERVATIVE_GROWTH_DIVISOR = 4;
    private static final int CONSERVATIVE_ROUNDS = 5;
    private static final long NO_RTT = Long.MAX_VALUE;

    private enum Phase {
        SLOW_START,
        CONSERVATIVE,
        FINISHED
    }

    private Phase phase;
    private long roundEndPacketNumber;
    private long lastRoundMinRttNs;
    private long roundMinRttNs;
    private int roundSamples;
    private long baselineMinRttNs;
    private int conservativeRounds;

    HyStart() {
        restart();
    }

    /** A new slow start begins. */
    void restart() {
        phase = Phase.SLOW_START;
        roundEndPacketNumber = -1;
        lastRoundMinRttNs = NO_RTT;
        roundMinRttNs = NO_RTT;
        roundSamples = 0;
        baselineMinRttNs = NO_RTT;
        conservativeRounds = 0;
    }

    /** Whether slow start should end now. */
    boolean isFinished() {
        return phase == Phase.FINISHED;
    }

    /** By how much the window grows in slow start for acknowledged bytes. */
    long growthBytes(int ackedBytes) {
        return phase == Phase.CONSERVATIVE ? ackedBytes / CONSERVATIVE_GROWTH_DIVISOR : ackedBytes;
    }

    void onRttSample(long latestRttNs, long packetNumber, long nextPacketNumber) {
        if (packetNumber >= roundEndPacketNumber) {
            beginRound(nextPacketNumber);
        }
        roundMinRttNs = Math.min(roundMinRttNs, latestRttNs);
        roundSamples++;
        if (roundSamples < RTT_SAMPLES) {
            return;
        }
        if (phase == Phase.SLOW_START && rttGrew()) {
            phase = Phase.CONSERVATIVE;
            baselineMinRttNs = roundMinRttNs;
            conservativeRounds = 0;
        } else if (phase == Phase.CONSERVATIVE && roundMinRttNs < baselineMinRttNs) {
            phase = Phase.SLOW_START;
            baselineMinRttNs = NO_RTT;
        }
    }

    private void beginRound(long nextPacketNumber) {
        if (phase == Phase.CONSERVATIVE) {
            conservativeRounds++;
            if (conservativeRounds >= CONSERVATIVE_ROUNDS) {
                phase = Phase.FINISHED;
            }
        }
        roundEndPacketNumber = nextPacketNumber;
        lastRoundMinRttNs = roundMinRttNs;
        roundMinRttNs = NO_RTT;
        roundSamples = 0;
    }

    private boolean rttGrew() {
        if (lastRoundMinRttNs == NO_RTT) {
            return false;
        }
        long thresholdNs =
                Math.clamp(
                        lastRoundMinRttNs / MIN_RTT_DIVISOR,
                        MIN_RTT_THRESHOLD_NS,
                        MAX_RTT_THRESHOLD_NS);
        return roundMinRttNs >= lastRoundMinRttNs + thresholdNs;
    }
}
