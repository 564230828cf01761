package dev.tern.quic.connection;

/**
 * Closes a connection that hears nothing for its idle period (RFC 9000 §10.1). Owned by one agent;
 * not thread-safe.
 */
final class IdleTimer {
    private long periodNs;
    private long deadlineNs;
    private boolean sentSinceReceived;

    IdleTimer(long periodNs, long nowNs) {
        this.periodNs = periodNs;
        this.deadlineNs = nowNs + periodNs;
    }

    /** The smaller of both sides' max_idle_timeout is known. */
    void period(long newPeriodNs, long nowNs) {
        periodNs = newPeriodNs;
        deadlineNs = nowNs + newPeriodNs;
    }

    void onReceived(long nowNs) {
        deadlineNs = nowNs + periodNs;
        sentSinceReceived = false;
    }

    /**
     * Only the first ack-eliciting packet after receiving restarts the timer: else a dead peer is
     * never noticed.
     */
    void onAckElicitingSent(long nowNs) {
        if (!sentSinceReceived) {
            deadlineNs = nowNs + periodNs;
            sentSinceReceived = true;
        }
    }

    long deadlineNs() {
        return deadlineNs;
    }

    boolean expired(long nowNs) {
        return nowNs - deadlineNs >= 0;
    }
}
