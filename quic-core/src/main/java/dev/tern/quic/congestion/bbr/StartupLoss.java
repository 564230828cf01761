package dev.tern.quic.congestion.bbr;

/** Notices that STARTUP overflows a queue (draft, "BBRCheckStartupHighLoss"). */
final class StartupLoss {
    /** BBRStartupFullLossCnt: separate losses in one round. */
    private static final int LOSSES = 6;

    /** BBRLossThresh. */
    private static final double THRESHOLD = 0.02;

    private long lostBytes;
    private long ackedBytes;
    private int losses;
    private long newestSequence = -2;

    void onLost(int bytes, long sequence) {
        lostBytes += bytes;
        losses += sequence == newestSequence + 1 ? 0 : 1;
        newestSequence = sequence;
    }

    /** An ACK was taken in; returns whether a round with too many losses ended with it. */
    boolean onAcked(long bytes, boolean roundStarted) {
        ackedBytes += bytes;
        if (!roundStarted) {
            return false;
        }
        boolean high = losses >= LOSSES && lostBytes > THRESHOLD * (lostBytes + ackedBytes);
        lostBytes = 0;
        ackedBytes = 0;
        losses = 0;
        return high;
    }
}
