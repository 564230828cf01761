package dev.tern.quic.congestion.bbr;

import dev.tern.quic.congestion.CongestionController;
import dev.tern.quic.recovery.DeliveryRate;
import dev.tern.quic.recovery.RateSample;
import dev.tern.quic.recovery.SentPacket;

import java.util.random.RandomGenerator;

/**
 * BBR version 3 (draft-ietf-ccwg-bbr): sends at the bandwidth that the path was seen to deliver,
 * with about one bandwidth × round trip in flight, and now and then looks whether there is more.
 *
 * <pre>
 *   STARTUP --rate stops growing, or losses--> DRAIN --queue gone--> PROBE_BW
 *   PROBE_BW: DOWN --> CRUISE --2-3 s--> REFILL --1 round--> UP --full, or losses--> DOWN
 *   any --round trip not seen for 5 s--> PROBE_RTT --200 ms--> PROBE_BW, or STARTUP
 * </pre>
 *
 * A CE mark counts as a round with losses. Packet conservation on entering loss recovery is left
 * out, as in the draft's QUIC implementations: the short-term bounds hold back instead.
 */
public final class Bbr implements CongestionController {
    private static final int INITIAL_DATAGRAMS = 10;
    private static final int MIN_PIPE_DATAGRAMS = 4;
    private static final double PACING_MARGIN = 0.99;
    private static final int MOST_DRAIN_ROUNDS = 3;

    /** A send quantum: what leaves in a millisecond, within bounds (draft, "Send Quantum"). */
    private static final double QUANTUM_NS = 1_000_000;

    private static final double MAX_QUANTUM_BYTES = 1 << 16;

    private final PathModel model = new PathModel();
    private final Rounds rounds = new Rounds();
    private final MinRtt minRtt = new MinRtt();
    private final FullPipe pipe = new FullPipe();
    private final StartupLoss startupLoss = new StartupLoss();
    private final AckAggregation aggregation = new AckAggregation();
    private final ProbeRttVisit probeRtt = new ProbeRttVisit();
    private final ProbeCycle cycle;

    private int datagramBytes;
    private Phase phase = Phase.STARTUP;
    private Phase leftForLoss;
    private int drainSinceRound;
    private double windowBytes;
    private double lastGoodWindowBytes;
    private double pacingBytesPerNs;
    private boolean idleRestart;
    private boolean windowLimited;
    private boolean windowLimitedInRound;
    private boolean probeSamples;
    private boolean everCongested;
    private boolean stateSaved;
    private long congestedSinceNs;
    private long deliveredBytes;

    /**
     * @param random for the time between probes, so that flows do not probe in step
     */
    public Bbr(int datagramBytes, RandomGenerator random) {
        this.datagramBytes = datagramBytes;
        this.windowBytes = INITIAL_DATAGRAMS * datagramBytes;
        this.cycle = new ProbeCycle(random);
    }

    @Override
    public long windowBytes() {
        return (long) windowBytes;
    }

    @Override
    public boolean inSlowStart() {
        return phase == Phase.STARTUP;
    }

    @Override
    public double pacingBytesPerNs() {
        return pacingBytesPerNs;
    }

    @Override
    public void datagramBytes(int bytes) {
        datagramBytes = bytes;
        windowBytes = Math.max(windowBytes, minPipeBytes());
    }

    @Override
    public void onPacketSent(int bytes, long bytesInFlight, long nowNs) {
        if (bytesInFlight == bytes) {
            restartFromIdle(nowNs);
        }
        windowLimited |= bytesInFlight + datagramBytes > windowBytes;
    }

    /** Nothing was in flight (draft, "Restarting From Idle"). */
    private void restartFromIdle(long nowNs) {
        idleRestart = true;
        aggregation.onIdle(nowNs);
        if (phase.isProbeBw()) {
            setPacingRate(1);
        } else if (phase == Phase.PROBE_RTT && probeRtt.isTimeOver(nowNs)) {
            endProbeRtt(nowNs);
        }
    }

    @Override
    public void onAcked(int bytes, long sentTimeNs, boolean applicationLimited, long nowNs) {}

    @Override
    public void onRttSample(
            long latestRttNs,
            long smoothedRttNs,
            long minRttNs,
            long packetNumber,
            long nextPacketNumber,
            long nowNs) {
        minRtt.onSample(latestRttNs, nowNs);
        if (pacingBytesPerNs == 0) {
            pacingBytesPerNs =
                    Phase.STARTUP.pacingGain() * INITIAL_DATAGRAMS * datagramBytes / smoothedRttNs;
        }
    }

    // ---- an ACK (draft, "BBRUpdateOnACK")

    @Override
    public void onRateSample(
            RateSample sample, DeliveryRate delivery, long bytesInFlight, long nowNs) {
        deliveredBytes = delivery.deliveredBytes();
        rounds.update(sample.priorDeliveredBytes(), deliveredBytes);
        if (rounds.started()) {
            windowLimitedInRound = windowLimited;
            windowLimited = false;
        }
        model.update(sample, deliveredBytes, phase, windowBytes);
        aggregation.onAcked(
                sample.newlyAckedBytes(),
                model.bandwidth(),
                windowBytes,
                rounds.started(),
                pipe.isReached(),
                nowNs);
        pipe.update(sample.bytesPerNs(), sample.applicationLimited(), rounds.started());
        checkStartupDone(sample);
        if (phase == Phase.DRAIN && isDrained(bytesInFlight)) {
            startDown(nowNs);
        }
        updateProbeBw(sample, bytesInFlight, nowNs);
        checkProbeRtt(delivery, bytesInFlight, nowNs);
        model.advanceLatest(sample);
        setPacingRate(phase.pacingGain());
        setWindow(sample.newlyAckedBytes());
    }

    private void checkStartupDone(RateSample sample) {
        boolean highLoss = startupLoss.onAcked(sample.newlyAckedBytes(), model.lossRoundStarted());
        if (phase != Phase.STARTUP) {
            return;
        }
        if (highLoss && !pipe.isReached()) {
            leftForLoss = Phase.STARTUP;
            pipe.declareReached();
            model.longTermInFlight(Math.max(bdpBytes(1), model.latestInFlight()));
        }
        if (pipe.isReached()) {
            phase = Phase.DRAIN;
            drainSinceRound = rounds.count();
        }
    }

    private boolean isDrained(long bytesInFlight) {
        return bytesInFlight <= quantized(bdpBytes(1))
                || rounds.count() > drainSinceRound + MOST_DRAIN_ROUNDS;
    }

    // ---- PROBE_BW (draft, "BBRUpdateProbeBWCyclePhase")

    private void updateProbeBw(RateSample sample, long bytesInFlight, long nowNs) {
        if (!pipe.isReached() || adaptLongTerm(sample)) {
            return;
        }
        switch (phase) {
            case PROBE_BW_DOWN -> {
                if (isTimeToProbe(nowNs)) {
                    startRefill();
                } else if (isTimeToCruise(bytesInFlight)) {
                    phase = Phase.PROBE_BW_CRUISE;
                }
            }
            case PROBE_BW_CRUISE -> {
                if (isTimeToProbe(nowNs)) {
                    startRefill();
                }
            }
            case PROBE_BW_REFILL -> {
                if (rounds.started()) {
                    probeSamples = true;
                    startUp(sample.bytesPerNs());
                }
            }
            case PROBE_BW_UP -> {
                if (isTimeToGoDown(sample, bytesInFlight)) {
                    cycle.onSafe();
                    startDown(nowNs);
                }
            }
            case STARTUP, DRAIN, PROBE_RTT -> {}
        }
    }

    private boolean isTimeToGoDown(RateSample sample, long bytesInFlight) {
        if (cycle.isCautious() && bytesInFlight >= model.longTermInFlight()) {
            cycle.turnBack();
            return true;
        }
        if (isHeldByLongTerm()) {
            pipe.restart(sample.bytesPerNs()); // held back here, not by the path
            return false;
        }
        return pipe.isFullNow();
    }

    private boolean isHeldByLongTerm() {
        return windowLimitedInRound && windowBytes >= model.longTermInFlight();
    }

    /** Returns whether that decided on the next phase (draft, "AdaptLongTermModel"). */
    private boolean adaptLongTerm(RateSample sample) {
        if (rounds.started() && cycle.onRoundStart()) {
            probeSamples = false;
            if (phase.isProbeBw() && !sample.applicationLimited()) {
                model.advanceMaxBandwidth();
            }
            if (phase.isProbeBw() && cycle.mayProbeAgain()) {
                startRefill();
                return true;
            }
        }
        boolean tooHigh =
                sample.lostBytes() > PathModel.LOSS_THRESHOLD * sample.inFlightWhenSentBytes();
        if (tooHigh || model.longTermInFlight() == Double.POSITIVE_INFINITY) {
            return false;
        }
        model.longTermInFlight(
                Math.max(model.longTermInFlight(), (double) sample.inFlightWhenSentBytes()));
        if (phase == Phase.PROBE_BW_UP && isHeldByLongTerm()) {
            double grown = cycle.growth(sample.newlyAckedBytes(), datagramBytes);
            model.longTermInFlight(model.longTermInFlight() + grown);
            if (rounds.started()) {
                cycle.steepen(windowBytes, datagramBytes);
            }
        }
        return false;
    }

    private void onInFlightTooHigh(double inFlightBytes, boolean applicationLimited, long nowNs) {
        cycle.onTooHigh();
        probeSamples = false;
        if (!applicationLimited) {
            double targetBytes = Math.min(bdpBytes(1), windowBytes);
            model.longTermInFlight(Math.max(inFlightBytes, targetBytes * PathModel.BETA));
        }
        if (phase == Phase.PROBE_BW_UP) {
            leftForLoss = phase;
            startDown(nowNs);
        }
    }

    private boolean isTimeToProbe(long nowNs) {
        double targetBytes = Math.min(bdpBytes(1), windowBytes);
        return cycle.isTimeToProbe(rounds.sinceProbe(), targetBytes / datagramBytes, nowNs);
    }

    private boolean isTimeToCruise(long bytesInFlight) {
        double estimatedBytes = quantized(model.maxBandwidth() * minRtt.ns());
        return bytesInFlight <= model.inFlightWithHeadroom(datagramBytes, minPipeBytes())
                && bytesInFlight <= estimatedBytes;
    }

    private void startDown(long nowNs) {
        model.resetCongestion();
        rounds.sinceProbe(cycle.startDown(nowNs));
        rounds.begin(deliveredBytes);
        phase = Phase.PROBE_BW_DOWN;
    }

    private void startRefill() {
        model.resetShortTerm();
        cycle.startRefill();
        rounds.begin(deliveredBytes);
        phase = Phase.PROBE_BW_REFILL;
    }

    private void startUp(double bytesPerNs) {
        cycle.startUp(windowBytes, datagramBytes);
        rounds.begin(deliveredBytes);
        pipe.restart(bytesPerNs);
        phase = Phase.PROBE_BW_UP;
    }

    // ---- PROBE_RTT (draft, "BBRCheckProbeRTT")

    private void checkProbeRtt(DeliveryRate delivery, long bytesInFlight, long nowNs) {
        if (phase != Phase.PROBE_RTT && minRtt.wantsProbe() && !idleRestart) {
            saveWindow();
            phase = Phase.PROBE_RTT;
            probeRtt.enter();
            cycle.stop();
            rounds.begin(deliveredBytes);
        }
        idleRestart = false;
        if (phase != Phase.PROBE_RTT) {
            return;
        }
        delivery.onApplicationLimited(bytesInFlight);
        if (probeRtt.isDrained()) {
            if (probeRtt.isOver(rounds.started(), nowNs)) {
                endProbeRtt(nowNs);
            }
        } else if (bytesInFlight <= probeRttWindowBytes()) {
            probeRtt.onDrained(nowNs);
            rounds.begin(deliveredBytes);
        }
    }

    private void endProbeRtt(long nowNs) {
        minRtt.onProbed(nowNs);
        restoreWindow();
        model.resetShortTerm();
        if (pipe.isReached()) {
            startDown(nowNs);
            phase = Phase.PROBE_BW_CRUISE;
        } else {
            phase = Phase.STARTUP;
        }
    }

    // ---- what follows from the model (draft, "BBRUpdateControlParameters")

    private void setPacingRate(double gain) {
        double rate = gain * model.bandwidth() * PACING_MARGIN;
        if (pipe.isReached() || rate > pacingBytesPerNs) {
            pacingBytesPerNs = rate;
        }
    }

    private void setWindow(long newlyAckedBytes) {
        double mostBytes = quantized(bdpBytes(phase.windowGain()) + aggregation.extraBytes());
        if (pipe.isReached()) {
            windowBytes = Math.min(windowBytes + newlyAckedBytes, mostBytes);
        } else if (windowBytes < mostBytes
                || deliveredBytes < (long) INITIAL_DATAGRAMS * datagramBytes) {
            windowBytes += newlyAckedBytes;
        }
        double capBytes = model.shortTermInFlight();
        if (phase == Phase.PROBE_RTT || phase == Phase.PROBE_BW_CRUISE) {
            capBytes =
                    Math.min(capBytes, model.inFlightWithHeadroom(datagramBytes, minPipeBytes()));
        } else if (phase.isProbeBw()) {
            capBytes = Math.min(capBytes, model.longTermInFlight());
        }
        if (phase == Phase.PROBE_RTT) {
            capBytes = Math.min(capBytes, probeRttWindowBytes());
        }
        windowBytes = Math.max(Math.min(windowBytes, capBytes), minPipeBytes());
    }

    private double bdpBytes(double gain) {
        return minRtt.isKnown() && model.bandwidth() > 0
                ? gain * model.bandwidth() * minRtt.ns()
                : INITIAL_DATAGRAMS * datagramBytes;
    }

    private double quantized(double bytes) {
        double quantumBytes =
                Math.clamp(pacingBytesPerNs * QUANTUM_NS, 2.0 * datagramBytes, MAX_QUANTUM_BYTES);
        double budget = Math.max(Math.max(bytes, quantumBytes), minPipeBytes());
        return phase == Phase.PROBE_BW_UP ? budget + 2 * datagramBytes : budget;
    }

    private double probeRttWindowBytes() {
        return Math.max(bdpBytes(Phase.PROBE_RTT.windowGain()), minPipeBytes());
    }

    private double minPipeBytes() {
        return MIN_PIPE_DATAGRAMS * datagramBytes;
    }

    // ---- losses and marks

    @Override
    public void onPacketLost(SentPacket packet, DeliveryRate delivery, long nowNs) {
        deliveredBytes = delivery.deliveredBytes();
        if (!everCongested || packet.sentTimeNs() - congestedSinceNs > 0) {
            saveState();
        }
        if (model.onCongestion(deliveredBytes)) {
            startupLoss.begin();
        }
        startupLoss.onLost(packet.sizeBytes(), packet.pathSequence());
        if (!probeSamples) {
            return;
        }
        double lostBytes = delivery.lostBytes() - packet.lostBeforeBytes();
        double inFlightBytes = packet.inFlightBytes();
        if (lostBytes > PathModel.LOSS_THRESHOLD * inFlightBytes) {
            onInFlightTooHigh(
                    PathModel.inFlightAtLoss(inFlightBytes, lostBytes, packet.sizeBytes()),
                    packet.applicationLimited(),
                    nowNs);
        }
    }

    /** Keeps what a loss that turns out a mistake will want back; once for each episode. */
    private void saveState() {
        if (!stateSaved) {
            stateSaved = true;
            leftForLoss = null;
            saveWindow();
            model.remember();
        }
    }

    private void saveWindow() {
        lastGoodWindowBytes =
                phase == Phase.PROBE_RTT ? Math.max(lastGoodWindowBytes, windowBytes) : windowBytes;
    }

    private void restoreWindow() {
        windowBytes = Math.max(windowBytes, lastGoodWindowBytes);
    }

    @Override
    public boolean onCongestionEvent(long sentTimeNs, long nowNs) {
        if (everCongested && sentTimeNs - congestedSinceNs <= 0) {
            return false;
        }
        saveState();
        stateSaved = false;
        everCongested = true;
        congestedSinceNs = nowNs;
        model.onMark();
        return true;
    }

    @Override
    public void onPersistentCongestion() {
        windowBytes = minPipeBytes();
    }

    /** Draft, "Handling a Spurious Loss Recovery". */
    @Override
    public void undoLastReduction() {
        restoreWindow();
        model.undo();
        pipe.restart(0);
        if (leftForLoss == Phase.STARTUP) {
            pipe.withdrawReached();
            phase = phase == Phase.PROBE_RTT ? phase : Phase.STARTUP;
        } else if (leftForLoss == Phase.PROBE_BW_UP
                && phase != Phase.PROBE_BW_UP
                && phase != Phase.PROBE_RTT) {
            startRefill();
        }
        leftForLoss = null;
    }

    @Override
    public void restart(long nowNs) {
        windowBytes = Math.min(windowBytes, INITIAL_DATAGRAMS * datagramBytes);
        pacingBytesPerNs = 0;
        phase = Phase.STARTUP;
        leftForLoss = null;
        stateSaved = false;
        model.forget();
        pipe.forget();
        minRtt.forget();
        probeSamples = false;
        everCongested = true;
        congestedSinceNs = nowNs;
    }
}
