package dev.tern.quic.path;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.quic.congestion.CongestionController;
import dev.tern.quic.congestion.Pacer;
import dev.tern.quic.observe.ConnectionObserver;
import dev.tern.quic.observe.PathMetrics;
import dev.tern.quic.recovery.DeliveryRate;
import dev.tern.quic.recovery.EcnFeedback;
import dev.tern.quic.recovery.LossDetector;
import dev.tern.quic.recovery.LossListener;
import dev.tern.quic.recovery.RateSample;
import dev.tern.quic.recovery.RttEstimator;
import dev.tern.quic.recovery.SentPacket;
import dev.tern.quic.recovery.SentPacketPool;
import dev.tern.quic.wire.ByteWriter;

/**
 * What is in flight on one path, what may follow it and when: takes what loss detection finds to
 * the congestion controller, the pacer, the ECN state and the search for the MTU. Owned by one
 * agent; not thread-safe.
 */
final class PathTraffic implements LossListener {
    private static final int SUSPICIOUS_PTOS = 2;

    /** A probe that nothing follows is lost when it is this long unanswered. */
    private static final int MTU_PROBE_PTOS = 3;

    private final RttEstimator rtt = new RttEstimator();
    private final PathCounters counters = new PathCounters();
    private final LossDetector loss;
    private final CongestionController congestion;
    private final DeliveryRate delivery = new DeliveryRate();
    private final Pacer pacer;
    private final PathEcn ecn = new PathEcn();
    private final MtuDiscovery mtu = new MtuDiscovery();
    private ConnectionObserver observer = ConnectionObserver.NONE;
    private boolean unproven = true;
    private boolean congestionMarked;
    private long newestAckedSentNs;

    PathTraffic(CongestionController congestion, SentPacketPool pool, long nowNs) {
        this.congestion = congestion;
        this.loss = new LossDetector(rtt, this, pool);
        this.pacer =
                new Pacer(
                        Path.MIN_DATAGRAM_BYTES, congestion.windowBytes(), rtt.smoothedNs(), nowNs);
        this.newestAckedSentNs = nowNs;
    }

    /** Sets who hears of losses, and of what is known of the path. */
    void observer(ConnectionObserver newObserver) {
        observer = newObserver;
    }

    private void tellMetrics(long nowNs) {
        if (observer != ConnectionObserver.NONE) {
            observer.onMetrics(
                    new PathMetrics(
                            rtt.minNs(),
                            rtt.smoothedNs(),
                            rtt.latestNs(),
                            rtt.variationNs(),
                            congestion.windowBytes(),
                            loss.bytesInFlight(),
                            loss.ptoCount(),
                            congestion.inSlowStart()),
                    nowNs);
        }
    }

    RttEstimator rtt() {
        return rtt;
    }

    LossDetector loss() {
        return loss;
    }

    PathCounters counters() {
        return counters;
    }

    // ---- ECN

    void onDatagramSent(int bytes) {
        counters.onDatagramSent(bytes);
        ecn.onDatagramSent();
    }

    void enableEcn() {
        ecn.enable();
    }

    /** The two ECN bits of datagrams that leave now. */
    int ecnCodepoint() {
        return ecn.codepoint();
    }

    /** Whether ECN marks were seen to arrive on this path (RFC 9000 §13.4.2). */
    boolean isEcnCapable() {
        return ecn.state() == PathEcn.State.CAPABLE;
    }

    /**
     * What an ACK frame says of marks, before {@link LossDetector#onAckEnd}. It concerns the paths
     * whose marked packets it names.
     */
    void onEcnFeedback(EcnFeedback.Verdict verdict) {
        if (loss.newlyAckedMarked() == 0) {
            return;
        }
        switch (verdict) {
            case NONE -> {}
            case VALID -> ecn.onValid();
            case CONGESTED -> {
                ecn.onValid();
                congestionMarked = true;
            }
            case INVALID -> ecn.onInvalid();
        }
    }

    // ---- how large datagrams may be

    /**
     * How large a 1-RTT datagram may be. After two probe timeouts the smallest is tried: perhaps
     * only the large ones are lost.
     */
    int datagramBytes() {
        return loss.ptoCount() < SUSPICIOUS_PTOS ? mtu.datagramBytes() : Path.MIN_DATAGRAM_BYTES;
    }

    /** Nothing larger is tried: the peer's limit, or what this side wants at most. */
    void maxDatagramBytes(int bytes) {
        mtu.limit(bytes);
    }

    /** The size of the probe that may be sent now (RFC 9000 §14.3), or 0 for none. */
    int mtuProbeBytes(long nowNs) {
        int bytes = mtu.probeBytes(nowNs);
        return loss.bytesInFlight() + bytes <= congestion.windowBytes() ? bytes : 0;
    }

    /** Writes the frame of a probe. */
    void writeMtuProbe(ByteWriter out, SentPacket packet, long nowNs) {
        mtu.write(out, packet, nowNs + MTU_PROBE_PTOS * rtt.ptoNs(0), nowNs);
    }

    long mtuDeadlineNs() {
        return mtu.deadlineNs();
    }

    void onMtuTimeout(long nowNs) {
        if (nowNs >= mtu.deadlineNs()) {
            loss.declareProbesLost(nowNs);
        }
    }

    /** It may be another path now, though its addresses are the same. */
    void restartMtuSearch() {
        mtu.restart();
        onDatagramSize();
    }

    private void onDatagramSize() {
        congestion.datagramBytes(mtu.datagramBytes());
        pacer.datagramBytes(mtu.datagramBytes());
    }

    // ---- what may be sent

    /** Whether the congestion window has room (RFC 9002 §7). */
    boolean hasWindow() {
        return loss.bytesInFlight() + datagramBytes() <= congestion.windowBytes();
    }

    /** Whether more than half of the window is in use. */
    boolean isHalfFull() {
        return loss.bytesInFlight() * 2 > congestion.windowBytes();
    }

    long windowBytes() {
        return congestion.windowBytes();
    }

    /** Whether nothing that was sent since the path was taken up is acknowledged yet. */
    boolean isUnproven() {
        return unproven;
    }

    double pacedBytesIn(long durationNs) {
        return pacer.bytesIn(durationNs);
    }

    boolean paceAllows(long nowNs) {
        return pacer.canSend(datagramBytes(), nowNs);
    }

    long nextPacedSendNs(long nowNs) {
        return pacer.nextSendTimeNs(datagramBytes(), nowNs);
    }

    /** A packet left; {@code applicationLimited} when the window would have allowed more. */
    void onPacketSent(
            EncryptionLevel level,
            SentPacket packet,
            long packetNumber,
            int sizeBytes,
            boolean applicationLimited,
            long nowNs) {
        boolean counts = packet.isAckEliciting();
        long inFlightBytes = loss.bytesInFlight();
        loss.onPacketSent(level, packet, packetNumber, sizeBytes, applicationLimited, nowNs);
        if (counts) {
            counters.onPacketSent();
            delivery.onSent(packet, inFlightBytes, nowNs);
            if (applicationLimited) {
                delivery.onApplicationLimited(loss.bytesInFlight());
            }
            congestion.onPacketSent(sizeBytes, loss.bytesInFlight(), nowNs);
            if (inFlightBytes == 0) {
                updatePacer(); // BBR paces otherwise after a pause
            }
            pacer.onSent(sizeBytes, nowNs);
        }
    }

    /** The path is taken up: starts from min(its window, the initial window), paced (DESIGN §5). */
    void takeUp(long nowNs) {
        congestion.restart(nowNs);
        unproven = true;
        pacer.setUnproven(true);
        updatePacer();
    }

    private void updatePacer() {
        pacer.update(congestion.windowBytes(), rtt.smoothedNs(), congestion.inSlowStart());
        pacer.updateRate(congestion.pacingBytesPerNs());
    }

    // ---- what became of it

    @Override
    public void onRttSample(long packetNumber, long nextPacketNumber, long nowNs) {
        congestion.onRttSample(
                rtt.latestNs(),
                rtt.smoothedNs(),
                rtt.minNs(),
                packetNumber,
                nextPacketNumber,
                nowNs);
        updatePacer();
    }

    @Override
    public void onAcked(SentPacket packet, long nowNs) {
        if (unproven) {
            unproven = false;
            pacer.setUnproven(false);
        }
        delivery.onAcked(packet, nowNs);
        if (packet.sentTimeNs() - newestAckedSentNs > 0) {
            newestAckedSentNs = packet.sentTimeNs();
        }
        mtu.onAcked(packet.sizeBytes(), packet.pathSequence());
        congestion.onAcked(
                packet.sizeBytes(), packet.sentTimeNs(), packet.applicationLimited(), nowNs);
    }

    @Override
    public void onPacketLost(EncryptionLevel level, SentPacket packet, long nowNs) {
        observer.onPacketLost(level, packet.packetNumber(), packet.isLostByTime(), nowNs);
        counters.onPacketLost();
        delivery.onLost(packet);
        if (packet.isEcnMarked()) {
            ecn.onMarkedLost();
        }
        congestion.onPacketLost(packet, delivery, nowNs);
        if (mtu.onLost(packet.sizeBytes(), packet.pathSequence(), nowNs)) {
            onDatagramSize();
        }
    }

    @Override
    public boolean onLost(long sentTimeNs, boolean persistentCongestion, long nowNs) {
        boolean reduced = congestion.onCongestionEvent(sentTimeNs, nowNs);
        if (persistentCongestion) {
            congestion.onPersistentCongestion();
        }
        updatePacer();
        tellMetrics(nowNs);
        return reduced;
    }

    @Override
    public void onSpuriousLoss() {
        counters.onSpuriousLoss();
        congestion.undoLastReduction();
        updatePacer();
    }

    @Override
    public void onAckEnd(long nowNs) {
        if (congestionMarked) {
            congestionMarked = false;
            // A loss could be a mistake; a mark cannot, so nothing takes this reduction back.
            if (congestion.onCongestionEvent(newestAckedSentNs, nowNs)) {
                loss.onReduction();
            }
        }
        if (mtu.takeGrown()) {
            onDatagramSize();
        }
        RateSample sample = delivery.onAckEnd(rtt.minNs());
        if (sample != null) {
            congestion.onRateSample(sample, delivery, loss.bytesInFlight(), nowNs);
        }
        delivery.begin();
        updatePacer();
        tellMetrics(nowNs);
    }
}
