package dev.tern.quic.recovery;

import dev.tern.crypto.EncryptionLevel;

/**
 * The probe timeout of one path (RFC 9002 §6.2): when it is due, for which level, and how it backs
 * off while nothing is acknowledged. Owned by one agent; not thread-safe.
 */
final class ProbeTimeout {
    private static final int MAX_BACKOFF_SHIFT = 10;

    private final RttEstimator rtt;
    private final SentSpace[] spaces;
    private long maxAckDelayNs;
    private int count;
    private boolean hurried;

    /**
     * @param spaces by level; null where a level has none of its own
     */
    ProbeTimeout(RttEstimator rtt, SentSpace[] spaces) {
        this.rtt = rtt;
        this.spaces = spaces;
    }

    /** The peer's max_ack_delay, known when the handshake is; 0 before. */
    void maxAckDelay(long delayNs) {
        maxAckDelayNs = delayNs;
    }

    long maxAckDelayNs() {
        return maxAckDelayNs;
    }

    /** How long it takes without back-off, once the handshake is confirmed. */
    long periodNs() {
        return rtt.ptoNs(maxAckDelayNs);
    }

    /** How often it doubled since something was last acknowledged. */
    int count() {
        return count;
    }

    /** When {@link #onTimeout} is due for anything in flight. */
    long deadlineNs(boolean applicationArmed) {
        long deadlineNs = Long.MAX_VALUE;
        for (SentSpace space : spaces) {
            if (space != null) {
                deadlineNs = Math.min(deadlineNs, deadlineNs(space, applicationArmed));
            }
        }
        return deadlineNs;
    }

    private long deadlineNs(SentSpace space, boolean applicationArmed) {
        boolean application = space.level == EncryptionLevel.ONE_RTT;
        if (space.ackElicitingInFlight == 0 || (application && !applicationArmed)) {
            return Long.MAX_VALUE;
        }
        if (hurried) {
            return space.lastAckElicitingSentNs;
        }
        long timeoutNs =
                rtt.ptoNs(application ? maxAckDelayNs : 0) << Math.min(count, MAX_BACKOFF_SHIFT);
        return space.lastAckElicitingSentNs + timeoutNs;
    }

    /** Returns the level that a probe is due for and backs off, or returns null. */
    EncryptionLevel onTimeout(boolean applicationArmed, long nowNs) {
        EncryptionLevel earliest = null;
        long earliestNs = Long.MAX_VALUE;
        for (SentSpace space : spaces) {
            long deadlineNs = space == null ? Long.MAX_VALUE : deadlineNs(space, applicationArmed);
            if (deadlineNs < earliestNs) {
                earliestNs = deadlineNs;
                earliest = space.level;
            }
        }
        if (nowNs < earliestNs) {
            return null;
        }
        backOff();
        hurried = false;
        return earliest;
    }

    void backOff() {
        count++;
    }

    /**
     * The first in a row is due at once.
     *
     * @param inFlight whether there is anything that it could be for
     * @return whether a probe is to come
     */
    boolean hurry(boolean inFlight) {
        hurried = count == 0 && inFlight;
        return count > 0 || hurried;
    }

    /** The next one is a short one. */
    void reset() {
        count = 0;
        hurried = false;
    }
}
