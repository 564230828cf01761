package dev.tern.quic.congestion.bbr;

/** Notices that sending more delivers no more (draft, "BBRCheckFullBWReached"). */
final class FullPipe {
    private static final double GROWTH = 1.25;
    private static final int ROUNDS = 3;

    private double baseBytesPerNs;
    private int count;
    private boolean now;
    private boolean reached;

    void update(double bytesPerNs, boolean applicationLimited, boolean roundStarted) {
        if (now || applicationLimited || !roundStarted) {
            return;
        }
        if (bytesPerNs >= baseBytesPerNs * GROWTH) {
            restart(bytesPerNs);
            return;
        }
        count++;
        now = count >= ROUNDS;
        reached |= now;
    }

    /** Looks again, for growth over that rate. */
    void restart(double bytesPerNs) {
        baseBytesPerNs = bytesPerNs;
        count = 0;
        now = false;
    }

    /** It is another network now. */
    void forget() {
        reached = false;
        restart(0);
    }

    /** Losses said so, and were none. */
    void withdrawReached() {
        reached = false;
    }

    /** Losses said so. */
    void declareReached() {
        reached = true;
    }

    /** Whether the rate has stopped growing in this probe. */
    boolean isFullNow() {
        return now;
    }

    /** Whether it ever had. */
    boolean isReached() {
        return reached;
    }
}
