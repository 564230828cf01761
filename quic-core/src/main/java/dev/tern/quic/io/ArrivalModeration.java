package dev.tern.quic.io;

/**
 * Lets who receives in bulk, one datagram a call, gather them for a moment instead of being woken
 * for each, as a network interface moderates its interrupts. To be woken costs the sender's
 * processor, on the same machine, about as much as to send; and what is gathered is received, and
 * acknowledged, at once.
 *
 * <p>A moment is as long as {@link #GATHERED} datagrams take at the rate they came with, and at
 * most {@link #MAX_MOMENT_NS}. Who answers datagrams, instead of acknowledging many with one, waits
 * for none. Owned by one agent; not thread-safe.
 */
final class ArrivalModeration {
    /** Over which rates are measured. */
    private static final long SPAN_NS = 1_000_000L;

    /** In a span; below this, waking up costs no more than a few percent of a processor. */
    private static final int BULK = 32;

    /** What socket buffers of the smallest usual size, 200 KiB, have room for twice. */
    private static final int GATHERED = 64;

    /** Short beside the delay of any network, and of a thread that waits for its processor. */
    private static final long MAX_MOMENT_NS = 100_000L;

    private boolean started;
    private long spanStartNs;
    private int received;
    private int sent;
    private boolean arrivedSince;
    private long momentNs;

    /** What the round that ends now has received and sent, in datagrams. */
    void onRound(int datagramsReceived, int datagramsSent, long nowNs) {
        if (!started) {
            started = true;
            spanStartNs = nowNs;
        }
        received += datagramsReceived;
        sent += datagramsSent;
        arrivedSince |= datagramsReceived > 0;
        long elapsedNs = nowNs - spanStartNs;
        if (elapsedNs >= SPAN_NS) {
            boolean bulk = received >= BULK * (elapsedNs / SPAN_NS) && 2L * received >= 3L * sent;
            momentNs = bulk ? Math.min(MAX_MOMENT_NS, GATHERED * elapsedNs / received) : 0;
            spanStartNs = nowNs;
            received = 0;
            sent = 0;
        }
    }

    /**
     * With nothing to do: how long not to look for datagrams, in ns; 0 to wait for the next one.
     * That is so where none came after the last moment, too.
     */
    long takeMomentNs() {
        boolean may = arrivedSince;
        arrivedSince = false;
        return may ? momentNs : 0;
    }
}
