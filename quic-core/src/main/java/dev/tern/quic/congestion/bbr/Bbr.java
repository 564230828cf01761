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
    private static final double LOSS_THRESHOLD = 0.02;
    private static final long PROBE_RTT_NS = 200_000_000L;

    private final PathModel model = new PathModel();
    private final Rounds rounds = new Rounds();
    private final MinRtt minRtt = new MinRtt();
    private final FullPipe pipe = new FullPipe();
    private final StartupLoss startupLoss = new StartupLoss();
    private final AckAggregation aggregation = new AckAggregation();
    private final ProbeCycle cycle;

    private int datagramBytes;
    private Phase phase = Phase.STARTUP;
    private Phase phaseBefore = Phase.STARTUP;
    private double windowBytes;
    private double windowBeforeProbeRttBytes;
    private double pacingBytesPerNs;
    private boolean idleRestart;
    private boolean windowLimited;
    private boolean windowLimitedInRound;
    private boolean probeSamples;
    private boolean probeRttTimed;
    private boolean probeRttRoundDone;
    private long probeRttDoneNs;
    private boolean everCongested;
    private long congestedSinceNs;

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
            idleRestart = true;
            aggregation.onIdle(nowNs);
        }
        windowLimited |= bytesInFlight + datagramBytes > windowBytes;
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
    }

    // ---- an ACK (draft, "BBRUpdateOnACK")

    @Override
    public void onRateSample(
            RateSample sample, DeliveryRate delivery, long bytesInFlight, long nowNs) {
        long delivered = delivery.deliveredBytes();
        rounds.update(sample.priorDeliveredBytes(), delivered);
        if (rounds.started()) {
            windowLimitedInRound = windowLimited;
            windowLimited = false;
        }
        model.update(sample, delivered, phase, windowBytes);
        aggregation.onAcked(
                sample.newlyAckedBytes(), model.bandwidth(), windowBytes, rounds.started(), nowNs);
        pipe.update(sample.bytesPerNs(), sample.applicationLimited(), rounds.started());
        checkStartupDone(sample);
        if (phase == Phase.DRAIN && bytesInFlight <= inFlightBytes(1)) {
            startDown(delivered, nowNs);
        }
        updateProbeBw(sample, delivered, bytesInFlight, nowNs);
        checkProbeRtt(delivery, bytesInFlight, nowNs);
        model.advanceLatest(sample);
        setPacingRate();
        setWindow(sample.newlyAckedBytes(), delivered);
    }

    private void checkStartupDone(RateSample sample) {
        boolean highLoss = startupLoss.onAcked(sample.newlyAckedBytes(), rounds.started());
        if (phase != Phase.STARTUP) {
            return;
        }
        if (highLoss && !pipe.isReached()) {
            pipe.declareReached();
            model.longTermInFlight(Math.max(bdpBytes(1), model.latestInFlight()));
        }
        if (pipe.isReached()) {
            phase = Phase.DRAIN;
        }
    }

    // ---- PROBE_BW (draft, "BBRUpdateProbeBWCyclePhase")

    private void updateProbeBw(RateSample sample, long delivered, long bytesInFlight, long nowNs) {
        if (!pipe.isReached()) {
            return;
        }
        adaptLongTerm(sample, delivered, nowNs);
        switch (phase) {
            case PROBE_BW_DOWN -> {
                if (isTimeToProbe(nowNs)) {
                    startRefill(delivered);
                } else if (isTimeToCruise(bytesInFlight)) {
                    phase = Phase.PROBE_BW_CRUISE;
                }
            }
            case PROBE_BW_CRUISE -> {
                if (isTimeToProbe(nowNs)) {
                    startRefill(delivered);
                }
            }
            case PROBE_BW_REFILL -> {
                if (rounds.started()) {
                    probeSamples = true;
                    startUp(sample.bytesPerNs(), delivered);
                }
            }
            case PROBE_BW_UP -> {
                if (windowLimitedInRound && windowBytes >= model.longTermInFlight()) {
                    pipe.restart(sample.bytesPerNs()); // held back here, not by the path
                } else if (pipe.isFullNow()) {
                    startDown(delivered, nowNs);
                }
            }
            case STARTUP, DRAIN, PROBE_RTT -> {}
        }
    }

    private void adaptLongTerm(RateSample sample, long delivered, long nowNs) {
        if (rounds.started() && cycle.onRoundStart() && !sample.applicationLimited()) {
            model.advanceMaxBandwidth();
        }
        if (sample.lostBytes() > LOSS_THRESHOLD * sample.inFlightWhenSentBytes()) {
            if (probeSamples) {
                onInFlightTooHigh(
                        (double) sample.inFlightWhenSentBytes(),
                        sample.applicationLimited(),
                        delivered,
                        nowNs);
            }
            return;
        }
        if (model.longTermInFlight() == Double.POSITIVE_INFINITY) {
            return;
        }
        model.longTermInFlight(
                Math.max(model.longTermInFlight(), (double) sample.inFlightWhenSentBytes()));
        boolean held = windowLimitedInRound && windowBytes >= model.longTermInFlight();
        if (phase == Phase.PROBE_BW_UP && held) {
            double grown = cycle.growth(sample.newlyAckedBytes(), datagramBytes);
            model.longTermInFlight(model.longTermInFlight() + grown);
            if (rounds.started()) {
                cycle.steepen(windowBytes, datagramBytes);
            }
        }
    }

    private void onInFlightTooHigh(
            double inFlightBytes, boolean applicationLimited, long delivered, long nowNs) {
        probeSamples = false;
        if (!applicationLimited) {
            double targetBytes = Math.min(bdpBytes(1), windowBytes);
            model.longTermInFlight(Math.max(inFlightBytes, targetBytes * PathModel.BETA));
        }
        if (phase == Phase.PROBE_BW_UP) {
            startDown(delivered, nowNs);
        }
    }

    private boolean isTimeToProbe(long nowNs) {
        double targetBytes = Math.min(bdpBytes(1), windowBytes);
        return cycle.isTimeToProbe(rounds.sinceProbe(), targetBytes / datagramBytes, nowNs);
    }

    private boolean isTimeToCruise(long bytesInFlight) {
        return bytesInFlight <= model.inFlightWithHeadroom(datagramBytes)
                && bytesInFlight <= inFlightBytes(1);
    }

    private void startDown(long delivered, long nowNs) {
        model.resetCongestion();
        rounds.sinceProbe(cycle.startDown(nowNs));
        rounds.begin(delivered);
        phase = Phase.PROBE_BW_DOWN;
    }

    private void startRefill(long delivered) {
        model.resetShortTerm();
        cycle.startRefill();
        rounds.begin(delivered);
        phase = Phase.PROBE_BW_REFILL;
    }

    private void startUp(double bytesPerNs, long delivered) {
        cycle.startUp(windowBytes, datagramBytes);
        rounds.begin(delivered);
        pipe.restart(bytesPerNs);
        phase = Phase.PROBE_BW_UP;
    }

    // ---- PROBE_RTT (draft, "BBRCheckProbeRTT")

    private void checkProbeRtt(DeliveryRate delivery, long bytesInFlight, long nowNs) {
        if (phase != Phase.PROBE_RTT && minRtt.wantsProbe() && !idleRestart) {
            phase = Phase.PROBE_RTT;
            windowBeforeProbeRttBytes = windowBytes;
            probeRttTimed = false;
            cycle.stop();
            rounds.begin(delivery.deliveredBytes());
        }
        idleRestart = false;
        if (phase != Phase.PROBE_RTT) {
            return;
        }
        delivery.onApplicationLimited(bytesInFlight);
        if (!probeRttTimed) {
            if (bytesInFlight <= probeRttWindowBytes()) {
                probeRttTimed = true;
                probeRttDoneNs = nowNs + PROBE_RTT_NS;
                probeRttRoundDone = false;
                rounds.begin(delivery.deliveredBytes());
            }
            return;
        }
        probeRttRoundDone |= rounds.started();
        if (probeRttRoundDone && nowNs - probeRttDoneNs >= 0) {
            endProbeRtt(delivery.deliveredBytes(), nowNs);
        }
    }

    private void endProbeRtt(long delivered, long nowNs) {
        minRtt.onProbed(nowNs);
        windowBytes = Math.max(windowBytes, windowBeforeProbeRttBytes);
        model.resetShortTerm();
        if (pipe.isReached()) {
            startDown(delivered, nowNs);
            phase = Phase.PROBE_BW_CRUISE;
        } else {
            phase = Phase.STARTUP;
        }
    }

    // ---- what follows from the model (draft, "BBRUpdateControlParameters")

    private void setPacingRate() {
        double rate = phase.pacingGain() * model.bandwidth() * PACING_MARGIN;
        if (pipe.isReached() || rate > pacingBytesPerNs) {
            pacingBytesPerNs = rate;
        }
    }

    private void setWindow(long newlyAckedBytes, long delivered) {
        double mostBytes = quantized(bdpBytes(phase.windowGain()) + aggregation.extraBytes());
        if (pipe.isReached()) {
            windowBytes = Math.min(windowBytes + newlyAckedBytes, mostBytes);
        } else if (windowBytes < mostBytes
                || delivered < (long) INITIAL_DATAGRAMS * datagramBytes) {
            windowBytes += newlyAckedBytes;
        }
        double capBytes = model.shortTermInFlight();
        if (phase == Phase.PROBE_RTT || phase == Phase.PROBE_BW_CRUISE) {
            capBytes = Math.min(capBytes, model.inFlightWithHeadroom(datagramBytes));
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

    private double inFlightBytes(double gain) {
        return quantized(bdpBytes(gain));
    }

    private double quantized(double bytes) {
        double budget = Math.max(bytes, minPipeBytes());
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
        model.onCongestion(delivery.deliveredBytes());
        startupLoss.onLost(packet.sizeBytes(), packet.pathSequence());
        if (!probeSamples) {
            return;
        }
        double lostBytes = delivery.lostBytes() - packet.lostBeforeBytes();
        double inFlightBytes = packet.inFlightBytes();
        if (lostBytes > LOSS_THRESHOLD * inFlightBytes) {
            onInFlightTooHigh(
                    inFlightAtLoss(inFlightBytes, lostBytes, packet.sizeBytes()),
                    packet.applicationLimited(),
                    delivery.deliveredBytes(),
                    nowNs);
        }
    }

    /** How much was in flight when losses passed the threshold (draft, "BBRInflightAtLoss"). */
    private static double inFlightAtLoss(double inFlightBytes, double lostBytes, int packetBytes) {
        double before = inFlightBytes - packetBytes;
        double lostBefore = lostBytes - packetBytes;
        double prefix = (LOSS_THRESHOLD * before - lostBefore) / (1 - LOSS_THRESHOLD);
        return before + Math.max(prefix, 0);
    }

    @Override
    public boolean onCongestionEvent(long sentTimeNs, long nowNs) {
        if (everCongested && sentTimeNs - congestedSinceNs <= 0) {
            return false;
        }
        everCongested = true;
        congestedSinceNs = nowNs;
        phaseBefore = phase;
        model.remember();
        model.onMark();
        return true;
    }

    @Override
    public void onPersistentCongestion() {
        windowBytes = minPipeBytes();
    }

    @Override
    public void undoLastReduction() {
        model.undo();
        pipe.restart(0);
        boolean probing = phaseBefore == Phase.STARTUP || phaseBefore == Phase.PROBE_BW_UP;
        if (phase != Phase.PROBE_RTT && probing && phase != phaseBefore) {
            phase = phaseBefore;
        }
    }

    @Override
    public void restart(long nowNs) {
        windowBytes = Math.min(windowBytes, INITIAL_DATAGRAMS * datagramBytes);
        pacingBytesPerNs = 0;
        phase = Phase.STARTUP;
        phaseBefore = phase;
        model.forget();
        pipe.forget();
        minRtt.forget();
        probeSamples = false;
        everCongested = true;
        congestedSinceNs = nowNs;
    }
}
