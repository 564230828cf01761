package dev.tern.quic.congestion.bbr;

/** Counts round trips by what was delivered (draft-ietf-ccwg-bbr, "BBR.round_count"). */
final class Rounds {
    private long endsAtDeliveredBytes;
    private boolean started;
    private int count;
    private int sinceProbe;

    /** An ACK was taken in; a packet sent after the round began ends it. */
    void update(long priorDeliveredBytes, long deliveredBytes) {
        started = priorDeliveredBytes >= endsAtDeliveredBytes;
        if (started) {
            begin(deliveredBytes);
            count++;
            sinceProbe++;
        }
    }

    void begin(long deliveredBytes) {
        endsAtDeliveredBytes = deliveredBytes;
    }

    /** Whether the last ACK was the first of a round. */
    boolean started() {
        return started;
    }

    /** Rounds so far. */
    int count() {
        return count;
    }

    /** Rounds since bandwidth was probed for. */
    int sinceProbe() {
        return sinceProbe;
    }

    void sinceProbe(int rounds) {
        sinceProbe = rounds;
    }
}
