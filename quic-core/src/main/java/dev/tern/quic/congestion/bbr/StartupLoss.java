package dev.tern.quic.congestion.bbr;

/**
 * Notices that STARTUP overflows a queue, by a round of losses that begins with the first (draft,
 * "Exiting Startup Based on Packet Loss").
 */
final class StartupLoss {
    /** BBRStartupFullLossCnt: separate losses in one round. */
    private static final int LOSSES = 6;

    private long lostBytes;
    private long ackedBytes;
    private int losses;
    private long newestSequence = -2;

    /** A round of losses begins. */
    void begin() {
        lostBytes = 0;
        ackedBytes = 0;
        losses = 0;
        newestSequence = -2;
    }

    void onLost(int bytes, long sequence) {
        lostBytes += bytes;
        losses += sequence == newestSequence + 1 ? 0 : 1;
        newestSequence = sequence;
    }

    /** An ACK was taken in; returns whether a round with too many losses ended with it. */
    boolean onAcked(long bytes, boolean roundEnded) {
        ackedBytes += bytes;
        if (!roundEnded) {
            return false;
        }
        boolean high =
                losses >= LOSSES && lostBytes > PathModel.LOSS_THRESHOLD * (lostBytes + ackedBytes);
        begin();
        return high;
    }
}
