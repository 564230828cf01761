package dev.tern.quic.path;

/**
 * Proves that a path works in both directions by PATH_CHALLENGE and PATH_RESPONSE (RFC 9000 §8.2).
 * Every try carries fresh data, and an answer to any recent one counts: on a path that a NAT still
 * blocks, lost challenges are expected (the probe is the punch), not a failure.
 *
 * <pre>
 *   UNKNOWN --start--> PROBING --response--> VALIDATED --start--> PROBING (again)
 *                         \--deadline--> FAILED --start--> PROBING
 * </pre>
 */
final class PathValidator {
    enum State {
        UNKNOWN,
        PROBING,
        VALIDATED,
        FAILED
    }

    private static final int REMEMBERED = 8;

    private final long[] data = new long[REMEMBERED];
    private final long[] sentNs = new long[REMEMBERED];
    private final boolean[] expanded = new boolean[REMEMBERED];
    private State state = State.UNKNOWN;
    private int sent;
    private long intervalNs;
    private long nextSendNs = Long.MAX_VALUE;
    private long deadlineNs = Long.MAX_VALUE;
    private long patienceNs;

    State state() {
        return state;
    }

    /**
     * Begins to send challenges.
     *
     * @param firstIntervalNs from the first challenge to the second
     * @param giveUpNs when validation fails unless answered, an absolute time
     */
    void start(long firstIntervalNs, long giveUpNs, long nowNs) {
        state = State.PROBING;
        intervalNs = firstIntervalNs;
        nextSendNs = nowNs;
        deadlineNs = giveUpNs;
        patienceNs = giveUpNs - nowNs;
    }

    boolean wantsToSend(long nowNs) {
        return state == State.PROBING && nowNs >= nextSendNs;
    }

    /**
     * @param isExpanded whether its datagram was filled up, and so tries the path's MTU, too
     */
    void onSent(long challenge, boolean isExpanded, long nowNs) {
        expanded[sent % REMEMBERED] = isExpanded;
        data[sent % REMEMBERED] = challenge;
        sentNs[sent % REMEMBERED] = nowNs;
        sent++;
        nextSendNs = nowNs + intervalNs;
        intervalNs = ProbeSchedule.nextIntervalNs(intervalNs);
    }

    /** Sends the next challenge now: the other side showed that it is there. */
    void hurry(long nowNs) {
        if (state == State.PROBING) {
            nextSendNs = nowNs;
        }
    }

    /**
     * A PATH_RESPONSE arrived on this path. One to a challenge that was not filled up proves the
     * address alone: the path must answer another (RFC 9000 §8.2.3).
     *
     * @return the round-trip time in ns, or -1 if it answers nothing that was asked here
     */
    long onResponse(long response, long nowNs) {
        for (int i = 0; i < Math.min(sent, REMEMBERED); i++) {
            if (data[i] == response) {
                if (expanded[i]) {
                    trust();
                } else if (state == State.PROBING) {
                    nextSendNs = nowNs;
                    deadlineNs = nowNs + patienceNs;
                }
                return nowNs - sentNs[i];
            }
        }
        return -1;
    }

    /** The handshake, or whoever watches over it, validated the path without a challenge. */
    void trust() {
        state = State.VALIDATED;
        nextSendNs = Long.MAX_VALUE;
        deadlineNs = Long.MAX_VALUE;
    }

    long nextEventNs() {
        return state == State.PROBING ? Math.min(nextSendNs, deadlineNs) : Long.MAX_VALUE;
    }

    /** When validation fails unless answered, or {@link Long#MAX_VALUE}. */
    long giveUpNs() {
        return deadlineNs;
    }

    /** Whether the time is over; tells so once. */
    boolean expire(long nowNs) {
        if (state != State.PROBING || nowNs < deadlineNs) {
            return false;
        }
        state = State.FAILED;
        nextSendNs = Long.MAX_VALUE;
        deadlineNs = Long.MAX_VALUE;
        return true;
    }
}
