package dev.tern.quic.path;

/**
 * Whether datagrams of one path are marked ECT(0) (RFC 9000 §13.4.2, appendix A.4).
 *
 * <pre>
 *   OFF --usable--> TESTING --10 datagrams sent--> UNKNOWN
 *                      |                              |
 *                      +------ACK with counts---------+--> CAPABLE
 *                      +--wrong counts, or all lost---+--> FAILED (from CAPABLE, too)
 * </pre>
 */
final class PathEcn {
    /** The codepoint ECT(0) (RFC 3168 §5). */
    static final int ECT_0 = 2;

    private static final int TEST_DATAGRAMS = 10;

    enum State {
        OFF,
        TESTING,
        UNKNOWN,
        CAPABLE,
        FAILED
    }

    private State state = State.OFF;
    private int sent;
    private int lost;

    State state() {
        return state;
    }

    /** The transport can set and read the marks. */
    void enable() {
        if (state == State.OFF) {
            state = State.TESTING;
        }
    }

    /** The two bits for the next datagram. */
    int codepoint() {
        return state == State.TESTING || state == State.CAPABLE ? ECT_0 : 0;
    }

    void onDatagramSent() {
        if (state == State.TESTING && ++sent == TEST_DATAGRAMS) {
            state = State.UNKNOWN;
        }
    }

    /** A marked packet was lost: where all are, the marks may be why. */
    void onMarkedLost() {
        boolean undecided = state == State.TESTING || state == State.UNKNOWN;
        if (undecided && ++lost >= TEST_DATAGRAMS) {
            state = State.FAILED;
        }
    }

    void onValid() {
        if (state == State.TESTING || state == State.UNKNOWN) {
            state = State.CAPABLE;
        }
    }

    void onInvalid() {
        if (state != State.OFF) {
            state = State.FAILED;
        }
    }
}
