package dev.tern.quic.congestion;

/**
 * The round trip after a reduction, in which no second one follows and the window does not grow:
 * whatever was sent before it began tells of the same congestion (RFC 9002 §7.3.2).
 */
final class RecoveryPeriod {
    private boolean any;
    private long startNs;
    private boolean anyBefore;
    private long startBeforeNs;

    /** Whether a packet was sent before the last reduction. */
    boolean covers(long sentTimeNs) {
        return any && sentTimeNs - startNs <= 0;
    }

    void start(long nowNs) {
        anyBefore = any;
        startBeforeNs = startNs;
        any = true;
        startNs = nowNs;
    }

    /** The last {@link #start} was a mistake. */
    void undo() {
        any = anyBefore;
        startNs = startBeforeNs;
    }

    /** Packets sent from now on may tell of congestion again (RFC 9002 §7.6.2). */
    void end() {
        any = false;
    }
}
