package dev.tern.quic.congestion;

/** The controller that RFC 9002 §7 describes: one datagram a round trip, half at a loss. */
public final class NewReno implements CongestionController {
    /** kLossReductionFactor (RFC 9002 §B.1). */
    private static final double LOSS_REDUCTION_FACTOR = 0.5;

    private WindowBounds bounds;
    private final RecoveryPeriod recovery = new RecoveryPeriod();
    private long windowBytes;
    private long slowStartThresholdBytes = Long.MAX_VALUE;
    private long ackedInAvoidanceBytes;
    private boolean mayUndo;
    private long windowBeforeBytes;
    private long thresholdBeforeBytes;

    public NewReno(int maxDatagramBytes) {
        bounds = new WindowBounds(maxDatagramBytes);
        windowBytes = bounds.initialBytes();
    }

    @Override
    public long windowBytes() {
        return windowBytes;
    }

    @Override
    public boolean inSlowStart() {
        return windowBytes < slowStartThresholdBytes;
    }

    @Override
    public void onPacketSent(int bytes, long bytesInFlight, long nowNs) {}

    @Override
    public void onAcked(int bytes, long sentTimeNs, boolean applicationLimited, long nowNs) {
        if (applicationLimited || recovery.covers(sentTimeNs)) {
            return;
        }
        if (inSlowStart()) {
            windowBytes += bytes;
            return;
        }
        ackedInAvoidanceBytes += bytes;
        if (ackedInAvoidanceBytes >= windowBytes) {
            ackedInAvoidanceBytes -= windowBytes;
            windowBytes += bounds.maxDatagramBytes();
        }
    }

    @Override
    public void onRttSample(
            long latestRttNs,
            long smoothedRttNs,
            long minRttNs,
            long packetNumber,
            long nextPacketNumber,
            long nowNs) {}

    @Override
    public boolean onCongestionEvent(long sentTimeNs, long nowNs) {
        if (recovery.covers(sentTimeNs)) {
            return false;
        }
        mayUndo = true;
        windowBeforeBytes = windowBytes;
        thresholdBeforeBytes = slowStartThresholdBytes;
        recovery.start(nowNs);
        slowStartThresholdBytes =
                Math.max((long) (windowBytes * LOSS_REDUCTION_FACTOR), bounds.minimumBytes());
        windowBytes = slowStartThresholdBytes;
        ackedInAvoidanceBytes = 0;
        return true;
    }

    @Override
    public void onPersistentCongestion() {
        windowBytes = bounds.minimumBytes();
        ackedInAvoidanceBytes = 0;
        recovery.end();
    }

    @Override
    public void undoLastReduction() {
        if (mayUndo) {
            mayUndo = false;
            windowBytes = Math.max(windowBytes, windowBeforeBytes);
            slowStartThresholdBytes = thresholdBeforeBytes;
            recovery.undo();
        }
    }

    @Override
    public void datagramBytes(int bytes) {
        bounds = new WindowBounds(bytes);
        windowBytes = Math.max(windowBytes, bounds.minimumBytes());
    }

    @Override
    public void restart(long nowNs) {
        windowBytes = Math.min(windowBytes, bounds.initialBytes());
        slowStartThresholdBytes = Long.MAX_VALUE;
        ackedInAvoidanceBytes = 0;
        mayUndo = false;
        // What was sent before tells of the network as it was.
        recovery.start(nowNs);
    }
}
