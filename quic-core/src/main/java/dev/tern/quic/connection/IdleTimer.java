package dev.tern.quic.connection;

/**
 * Closes a connection that hears nothing for its idle period (RFC 9000 §10.1). Owned by one agent;
 * not thread-safe.
 */
final class IdleTimer {
    /** So many probe timeouts pass at least, that probes may be lost (RFC 9000 §10.1). */
    private static final int LEAST_PTOS = 3;

    private long periodNs;
    private long deadlineNs;
    private boolean sentSinceReceived;

    IdleTimer(long periodNs, long nowNs) {
        this.periodNs = periodNs;
        this.deadlineNs = nowNs + periodNs;
    }

    /** The smaller of both sides' max_idle_timeout is known. */
    void period(long newPeriodNs, long ptoNs, long nowNs) {
        periodNs = newPeriodNs;
        restart(ptoNs, nowNs);
    }

    /**
     * @param ptoNs the probe timeout of the path in use, as it is now
     */
    void onReceived(long ptoNs, long nowNs) {
        restart(ptoNs, nowNs);
        sentSinceReceived = false;
    }

    /**
     * Only the first ack-eliciting packet after receiving restarts the timer: else a dead peer is
     * never noticed.
     */
    void onAckElicitingSent(long ptoNs, long nowNs) {
        if (!sentSinceReceived) {
            restart(ptoNs, nowNs);
            sentSinceReceived = true;
        }
    }

    private void restart(long ptoNs, long nowNs) {
        deadlineNs = nowNs + Math.max(periodNs, LEAST_PTOS * ptoNs);
    }

    long deadlineNs() {
        return deadlineNs;
    }

    boolean expired(long nowNs) {
        return nowNs - deadlineNs >= 0;
    }
}
