package dev.tern.quic.congestion;

/**
 * CUBIC (RFC 9438) with HyStart++ (RFC 9406): the window grows by a cubic function of the time
 * since the last reduction, first back towards where it was, then beyond. Windows are in bytes
 * here, in segments in the RFC.
 */
public final class Cubic implements CongestionController {
    /** C, in segments per second cubed (RFC 9438 §5.1). */
    private static final double C = 0.4;

    /** beta_cubic (RFC 9438 §4.6). */
    private static final double BETA = 0.7;

    /** alpha_cubic until the window before the reduction is reached (RFC 9438 §4.3). */
    private static final double RENO_FRIENDLY_ALPHA = 3 * (1 - BETA) / (1 + BETA);

    /** The target is at most this far beyond the window (RFC 9438 §4.2). */
    private static final double MAX_TARGET_GROWTH = 1.5;

    private static final double NS_PER_SECOND = 1e9;

    private double segmentBytes;
    private double minimumBytes;
    private double initialBytes;
    private final RecoveryPeriod recovery = new RecoveryPeriod();
    private final HyStart hyStart = new HyStart();

    private double windowBytes;
    private double slowStartThresholdBytes = Double.POSITIVE_INFINITY;
    private double maxWindowBytes;
    private double priorWindowBytes;
    private long smoothedRttNs;

    private boolean inEpoch;
    private long epochStartNs;
    private double kSeconds;
    private double estimatedBytes;
    private boolean idle;
    private long idleSinceNs;

    private boolean mayUndo;
    private double windowBeforeBytes;
    private double thresholdBeforeBytes;
    private double maxWindowBeforeBytes;
    private double priorWindowBeforeBytes;
    private boolean inEpochBefore;
    private long epochStartBeforeNs;
    private double kBeforeSeconds;
    private double estimatedBeforeBytes;

    public Cubic(int maxDatagramBytes) {
        setBounds(new WindowBounds(maxDatagramBytes));
        windowBytes = initialBytes;
    }

    private void setBounds(WindowBounds bounds) {
        segmentBytes = bounds.maxDatagramBytes();
        minimumBytes = (double) bounds.minimumBytes();
        initialBytes = (double) bounds.initialBytes();
    }

    @Override
    public void datagramBytes(int bytes) {
        setBounds(new WindowBounds(bytes));
        windowBytes = Math.max(windowBytes, minimumBytes);
    }

    @Override
    public long windowBytes() {
        return (long) windowBytes;
    }

    @Override
    public boolean inSlowStart() {
        return windowBytes < slowStartThresholdBytes;
    }

    @Override
    public void onPacketSent(int bytes, long bytesInFlight, long nowNs) {}

    @Override
    public void onRttSample(
            long latestRttNs,
            long smoothedNs,
            long minRttNs,
            long packetNumber,
            long nextPacketNumber,
            long nowNs) {
        smoothedRttNs = smoothedNs;
        // Only the first slow start looks for its own end: later ones have a threshold.
        if (inFirstSlowStart()) {
            hyStart.onRttSample(latestRttNs, packetNumber, nextPacketNumber);
            if (hyStart.isFinished()) {
                slowStartThresholdBytes = windowBytes;
            }
        }
    }

    @Override
    public void onAcked(int bytes, long sentTimeNs, boolean applicationLimited, long nowNs) {
        if (applicationLimited) {
            noteIdle(nowNs);
            return;
        }
        endIdle(nowNs);
        if (recovery.covers(sentTimeNs)) {
            return;
        }
        if (inSlowStart()) {
            windowBytes += inFirstSlowStart() ? hyStart.growthBytes(bytes) : bytes;
        } else {
            avoidCongestion(bytes, nowNs);
        }
    }

    private boolean inFirstSlowStart() {
        return slowStartThresholdBytes == Double.POSITIVE_INFINITY;
    }

    private void avoidCongestion(int bytes, long nowNs) {
        if (!inEpoch) {
            beginEpoch(nowNs);
        }
        double seconds = (nowNs - epochStartNs) / NS_PER_SECOND;
        double alpha = estimatedBytes >= priorWindowBytes ? 1 : RENO_FRIENDLY_ALPHA;
        estimatedBytes += alpha * segmentBytes * bytes / windowBytes;
        if (cubicBytes(seconds) < estimatedBytes) {
            // Where Reno would be faster, be as fast (§4.3).
            windowBytes = Math.max(windowBytes, estimatedBytes);
            return;
        }
        double targetBytes =
                Math.clamp(
                        cubicBytes(seconds + smoothedRttNs / NS_PER_SECOND),
                        windowBytes,
                        MAX_TARGET_GROWTH * windowBytes);
        windowBytes += (targetBytes - windowBytes) * bytes / windowBytes;
    }

    private void beginEpoch(long nowNs) {
        inEpoch = true;
        epochStartNs = nowNs;
        estimatedBytes = windowBytes;
        if (windowBytes < maxWindowBytes) {
            kSeconds = Math.cbrt((maxWindowBytes - windowBytes) / segmentBytes / C);
        } else {
            kSeconds = 0;
            maxWindowBytes = windowBytes;
        }
    }

    /** W_cubic(t) (RFC 9438 §4.2, figure 1). */
    private double cubicBytes(double seconds) {
        double t = seconds - kSeconds;
        return C * t * t * t * segmentBytes + maxWindowBytes;
    }

    /** Time in which the application set the rate is no time for the curve (RFC 9438 §5.8). */
    private void noteIdle(long nowNs) {
        if (inEpoch && !idle) {
            idle = true;
            idleSinceNs = nowNs;
        }
    }

    private void endIdle(long nowNs) {
        if (idle) {
            idle = false;
            epochStartNs += nowNs - idleSinceNs;
        }
    }

    @Override
    public boolean onCongestionEvent(long sentTimeNs, long nowNs) {
        if (recovery.covers(sentTimeNs)) {
            return false;
        }
        endIdle(nowNs);
        remember();
        recovery.start(nowNs);
        // Fast convergence: a window that shrinks again leaves room for newcomers (§4.7).
        maxWindowBytes = windowBytes < maxWindowBytes ? windowBytes * (1 + BETA) / 2 : windowBytes;
        priorWindowBytes = windowBytes;
        slowStartThresholdBytes = Math.max(windowBytes * BETA, minimumBytes);
        windowBytes = slowStartThresholdBytes;
        inEpoch = false;
        return true;
    }

    private void remember() {
        mayUndo = true;
        windowBeforeBytes = windowBytes;
        thresholdBeforeBytes = slowStartThresholdBytes;
        maxWindowBeforeBytes = maxWindowBytes;
        priorWindowBeforeBytes = priorWindowBytes;
        inEpochBefore = inEpoch;
        epochStartBeforeNs = epochStartNs;
        kBeforeSeconds = kSeconds;
        estimatedBeforeBytes = estimatedBytes;
    }

    @Override
    public void onPersistentCongestion() {
        windowBytes = minimumBytes;
        inEpoch = false;
        idle = false;
        recovery.end();
    }

    @Override
    public void undoLastReduction() {
        if (!mayUndo) {
            return;
        }
        mayUndo = false;
        idle = false;
        windowBytes = Math.max(windowBytes, windowBeforeBytes);
        slowStartThresholdBytes = thresholdBeforeBytes;
        maxWindowBytes = maxWindowBeforeBytes;
        priorWindowBytes = priorWindowBeforeBytes;
        inEpoch = inEpochBefore;
        epochStartNs = epochStartBeforeNs;
        kSeconds = kBeforeSeconds;
        estimatedBytes = estimatedBeforeBytes;
        recovery.undo();
    }

    @Override
    public void restart(long nowNs) {
        windowBytes = Math.min(windowBytes, initialBytes);
        slowStartThresholdBytes = Double.POSITIVE_INFINITY;
        maxWindowBytes = 0;
        priorWindowBytes = 0;
        inEpoch = false;
        idle = false;
        mayUndo = false;
        hyStart.restart();
        // What was sent before tells of the network as it was.
        recovery.start(nowNs);
    }
}
