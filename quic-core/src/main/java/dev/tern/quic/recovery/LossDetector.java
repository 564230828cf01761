package dev.tern.quic.recovery;

import dev.tern.crypto.EncryptionLevel;

import java.util.ArrayList;
import java.util.List;

/**
 * Loss detection of one path (RFC 9002 §6, appendix A). Packets of three packet number spaces may
 * be in flight; after the handshake only those of the application's. What was lost or acknowledged
 * is told to the frames' owners and to the path's {@link LossListener}.
 *
 * <p>Owned by one agent; not thread-safe.
 */
public final class LossDetector {
    /** RFC 9002 §7.6.1. */
    static final int PERSISTENT_CONGESTION_THRESHOLD = 3;

    private static final EncryptionLevel[] LEVELS = {
        EncryptionLevel.INITIAL, EncryptionLevel.HANDSHAKE, EncryptionLevel.ONE_RTT
    };

    private final RttEstimator rtt;
    private final LossListener listener;
    private final SentPacketPool pool;
    private final SentSpace[] spaces = {
        new SentSpace(EncryptionLevel.INITIAL),
        null,
        new SentSpace(EncryptionLevel.HANDSHAKE),
        new SentSpace(EncryptionLevel.ONE_RTT)
    };
    private final List<SentPacket> newlyAcked = new ArrayList<>();
    private final ProbeTimeout probes;
    private long nextPathSequence;
    private long bytesInFlight;
    private final ReorderingTolerance tolerance = new ReorderingTolerance();
    private final SpuriousReduction reduction = new SpuriousReduction();
    private long newlyAckedMarked;

    public LossDetector(RttEstimator rtt, LossListener listener, SentPacketPool pool) {
        this.rtt = rtt;
        this.listener = listener;
        this.pool = pool;
        this.probes = new ProbeTimeout(rtt, spaces);
    }

    /** The peer's max_ack_delay, known when the handshake is; 0 before. */
    public void maxAckDelay(long delayNs) {
        probes.maxAckDelay(delayNs);
    }

    public long bytesInFlight() {
        return bytesInFlight;
    }

    /** How often the probe timeout doubled since something was last acknowledged. */
    public int ptoCount() {
        return probes.count();
    }

    public boolean hasAckElicitingInFlight() {
        for (SentSpace space : spaces) {
            if (space != null && space.ackElicitingInFlight > 0) {
                return true;
            }
        }
        return false;
    }

    /** The same, of one packet number space. */
    public boolean hasAckElicitingInFlight(EncryptionLevel level) {
        return spaces[level.ordinal()].ackElicitingInFlight > 0;
    }

    /**
     * A packet left on this path. One that asks for no acknowledgement is forgotten at once: its
     * fate would never be known.
     */
    public void onPacketSent(
            EncryptionLevel level,
            SentPacket packet,
            long packetNumber,
            int sizeBytes,
            boolean applicationLimited,
            long nowNs) {
        packet.pathProbe &= !packet.ackEliciting;
        if (!packet.isInFlight()) {
            pool.release(packet);
            return;
        }
        SentSpace space = spaces[level.ordinal()];
        packet.packetNumber = packetNumber;
        packet.pathSequence = nextPathSequence++;
        packet.sentTimeNs = nowNs;
        packet.sizeBytes = sizeBytes;
        packet.applicationLimited = applicationLimited;
        space.sent.add(packet);
        bytesInFlight += sizeBytes;
        if (packet.pathProbe) {
            space.probeExpiryNs = Math.min(space.probeExpiryNs, nowNs + probePatienceNs());
        }
        if (!packet.isProbe()) {
            space.ackElicitingInFlight++;
            space.lastAckElicitingSentNs = nowNs;
        }
    }

    /** One range of an ACK frame; {@link #onAckEnd} follows after the last. */
    public void onAckRange(EncryptionLevel level, long smallest, long largest) {
        SentSpace space = spaces[level.ordinal()];
        markAcked(space.lost, smallest, largest);
        markAcked(space.sent, smallest, largest);
    }

    private void markAcked(SentPackets packets, long smallest, long largest) {
        for (int i = packets.indexOfAtLeast(smallest); i < packets.size(); i++) {
            SentPacket packet = packets.at(i);
            if (packet.packetNumber > largest) {
                return;
            }
            if (!packet.acked) {
                packet.acked = true;
                newlyAcked.add(packet);
                newlyAckedMarked += packet.ecnMarked ? 1 : 0;
            }
        }
    }

    /** How many packets that left with an ECN mark the ranges since the last ACK frame named. */
    public long newlyAckedMarked() {
        return newlyAckedMarked;
    }

    /**
     * The ACK frame is complete.
     *
     * @param largestAcknowledged of the frame
     * @param ackDelayNs the peer's, as it says
     * @param onThisPath whether the ACK came on this path: else it says nothing about its RTT
     * @return whether it acknowledged anything sent on this path
     */
    public boolean onAckEnd(
            EncryptionLevel level,
            long largestAcknowledged,
            long ackDelayNs,
            boolean onThisPath,
            long nextPacketNumber,
            long nowNs) {
        if (newlyAcked.isEmpty()) {
            return false;
        }
        SentSpace space = spaces[level.ordinal()];
        noteLargest(space);
        if (onThisPath) {
            sampleRtt(largestAcknowledged, ackDelayNs, nextPacketNumber, nowNs);
        }
        for (int i = 0; i < newlyAcked.size(); i++) {
            settleAcked(space, newlyAcked.get(i), nowNs);
        }
        newlyAcked.clear();
        newlyAckedMarked = 0;
        probes.reset();
        detectLost(space, nowNs);
        listener.onAckEnd(nowNs);
        space.sent.releaseSettled(space.lost, pool);
        space.lost.releaseOldest(nowNs - 3 * probes.periodNs(), pool);
        return true;
    }

    private void noteLargest(SentSpace space) {
        for (int i = 0; i < newlyAcked.size(); i++) {
            SentPacket packet = newlyAcked.get(i);
            space.largestAckedSequence = Math.max(space.largestAckedSequence, packet.pathSequence);
            space.largestAckedNumber = Math.max(space.largestAckedNumber, packet.packetNumber);
        }
    }

    private void sampleRtt(
            long largestAcknowledged, long ackDelayNs, long nextPacketNumber, long nowNs) {
        SentPacket largest = null;
        for (int i = 0; i < newlyAcked.size(); i++) {
            SentPacket packet = newlyAcked.get(i);
            if (packet.packetNumber == largestAcknowledged) {
                largest = packet;
            }
        }
        if (largest != null) {
            rtt.onSample(
                    nowNs - largest.sentTimeNs,
                    Math.min(ackDelayNs, Math.max(probes.maxAckDelayNs(), 0)));
            listener.onRttSample(largest.packetNumber, nextPacketNumber, nowNs);
        }
    }

    private void settleAcked(SentSpace space, SentPacket packet, long nowNs) {
        if (packet.declaredLost) {
            onLateAck(space, packet);
        } else {
            leaveFlight(space, packet);
            if (!packet.pathProbe) {
                listener.onAcked(packet, nowNs);
            }
        }
        packet.notifyAcked();
    }

    /** It had left the counts already; the reduction it caused was a mistake if all were late. */
    private void onLateAck(SentSpace space, SentPacket packet) {
        if (packet.isProbe()) {
            return;
        }
        tolerance.onSpuriousLoss(
                space.largestAckedSequence - packet.pathSequence, packet.lostByTime);
        if (reduction.onLate(packet)) {
            listener.onSpuriousLoss();
        }
    }

    private void leaveFlight(SentSpace space, SentPacket packet) {
        bytesInFlight -= packet.sizeBytes;
        if (!packet.isProbe()) {
            space.ackElicitingInFlight--;
        }
    }

    private void detectLost(SentSpace space, long nowNs) {
        space.lossTimeNs = Long.MAX_VALUE;
        long lossDelayNs = tolerance.delayNs(rtt);
        long newestLostSentNs = 0;
        long runStartNs = 0;
        long longestRunNs = 0;
        long previousSequence = -2;
        int lost = 0;
        int detection = reduction.nextDetection();
        for (int i = space.sent.firstOpen(); i < space.sent.size(); i++) {
            SentPacket packet = space.sent.at(i);
            if (packet.packetNumber > space.largestAckedNumber) {
                break;
            }
            if (packet.acked || packet.declaredLost) {
                continue;
            }
            boolean byTime = nowNs - packet.sentTimeNs >= lossDelayNs;
            boolean byOrder =
                    space.largestAckedSequence - packet.pathSequence >= tolerance.packets();
            if (!byTime && !byOrder) {
                space.lossTimeNs = Math.min(space.lossTimeNs, packet.sentTimeNs + lossDelayNs);
                continue;
            }
            if (packet.isProbe()) {
                declareLost(space, packet);
                continue;
            }
            runStartNs =
                    packet.pathSequence == previousSequence + 1 ? runStartNs : packet.sentTimeNs;
            previousSequence = packet.pathSequence;
            longestRunNs = Math.max(longestRunNs, packet.sentTimeNs - runStartNs);
            newestLostSentNs = packet.sentTimeNs;
            lost++;
            packet.lostByTime = !byOrder;
            packet.detection = detection;
            declareLost(space, packet);
            listener.onPacketLost(space.level, packet, nowNs);
        }
        if (lost > 0) {
            boolean persistent =
                    rtt.isSampled()
                            && longestRunNs > PERSISTENT_CONGESTION_THRESHOLD * probes.periodNs();
            boolean reduced = listener.onLost(newestLostSentNs, persistent, nowNs);
            if (reduced) {
                onReduction();
            }
            reduction.onLosses(lost, reduced);
        }
    }

    private void declareLost(SentSpace space, SentPacket packet) {
        packet.declaredLost = true;
        leaveFlight(space, packet);
        packet.notifyLost();
    }

    /**
     * The path is gone, and all in flight on it with it: everything is resent elsewhere at once. It
     * is no sign of congestion.
     */
    public void declareAllLost() {
        for (SentSpace space : spaces) {
            if (space != null) {
                declareAllLost(space);
            }
        }
        probes.reset();
    }

    /** The peer will read nothing of what was sent at a level: 0-RTT packets that it declined. */
    public void declareLost(EncryptionLevel level) {
        declareAllLost(spaces[level.ordinal()]);
    }

    private void declareAllLost(SentSpace space) {
        for (int i = 0; i < space.sent.size(); i++) {
            SentPacket packet = space.sent.at(i);
            if (!packet.acked && !packet.declaredLost) {
                declareLost(space, packet);
            }
        }
        space.lossTimeNs = Long.MAX_VALUE;
    }

    /**
     * The window was reduced, for a loss or for a mark: losses before it are no longer a reason to
     * take the reduction back.
     */
    public void onReduction() {
        reduction.forget();
        tolerance.onReduction();
    }

    /** Probes that nothing followed may be lost, too: they must not fill the window for ever. */
    private void expireProbes(SentSpace space, long nowNs) {
        for (int i = space.sent.firstOpen(); i < space.sent.size(); i++) {
            SentPacket packet = space.sent.at(i);
            boolean open = packet.pathProbe && !packet.acked && !packet.declaredLost;
            if (open && nowNs - packet.sentTimeNs >= probePatienceNs()) {
                declareLost(space, packet);
            }
        }
        space.sent.releaseSettled(space.lost, pool);
        space.lost.releaseOldest(nowNs - 3 * probes.periodNs(), pool);
        space.scheduleProbeExpiry(probePatienceNs());
    }

    private long probePatienceNs() {
        return probes.periodNs(); // when whoever validates the path sends the next one
    }

    /** Gives up on probes of the path's MTU that were sent before. */
    public void declareProbesLost(long sentBeforeNs) {
        SentSpace space = spaces[EncryptionLevel.ONE_RTT.ordinal()];
        for (int i = 0; i < space.sent.size(); i++) {
            SentPacket packet = space.sent.at(i);
            boolean open = packet.mtuProbe && !packet.acked && !packet.declaredLost;
            if (open && packet.sentTimeNs - sentBeforeNs <= 0) {
                declareLost(space, packet);
            }
        }
    }

    /**
     * When {@link #onTimeout} wants to be called.
     *
     * @param applicationArmed whether the application space may time out: only once the handshake
     *     is confirmed (RFC 9002 §6.2.1)
     */
    public long deadlineNs(boolean applicationArmed) {
        long deadlineNs = Long.MAX_VALUE;
        for (SentSpace space : spaces) {
            if (space != null) {
                deadlineNs = Math.min(deadlineNs, Math.min(space.lossTimeNs, space.probeExpiryNs));
            }
        }
        return Math.min(deadlineNs, probes.deadlineNs(applicationArmed));
    }

    /** Whether a probe timeout is to come for anything in flight; see {@link #deadlineNs}. */
    public boolean isProbeArmed(boolean applicationArmed) {
        return probes.deadlineNs(applicationArmed) != Long.MAX_VALUE;
    }

    /**
     * The deadline may have passed: declares losses, or asks for a probe.
     *
     * @return the level whose probe timeout fired, or null
     */
    public EncryptionLevel onTimeout(boolean applicationArmed, long nowNs) {
        for (SentSpace space : spaces) {
            if (space != null && nowNs >= space.lossTimeNs) {
                detectLost(space, nowNs);
            }
            if (space != null && nowNs >= space.probeExpiryNs) {
                expireProbes(space, nowNs);
            }
        }
        return probes.onTimeout(applicationArmed, nowNs);
    }

    /**
     * Backs off without a packet in flight: the client's timer against deadlock (RFC 9002
     * §6.2.2.1).
     */
    public void onAntiDeadlockTimeout() {
        probes.backOff();
    }

    /**
     * The first probe timeout in a row is due at once: something says that packets do not arrive.
     *
     * @return whether there is anything in flight that it could be for
     */
    public boolean hurryProbe() {
        return probes.hurry(hasAckElicitingInFlight());
    }

    /** The path may be alive again: the next probe timeout is a short one. */
    public void resetBackoff() {
        probes.reset();
    }

    /**
     * Has the frames of the oldest packets in flight that have any sent again, as probes (RFC 9002
     * §6.2.4); the packets themselves stay in flight. Earlier probes that were no more than a PING
     * must not stand in the way of what has to arrive.
     */
    public void resendOldest(EncryptionLevel level, int packets) {
        SentPackets sent = spaces[level.ordinal()].sent;
        int resent = 0;
        for (int i = sent.firstOpen(); i < sent.size() && resent < packets; i++) {
            SentPacket packet = sent.at(i);
            if (!packet.acked && !packet.declaredLost && packet.hasToArrive) {
                packet.notifyLost();
                resent++;
            }
        }
    }

    /** The keys of a level are gone, and with them every packet of it (RFC 9002 §6.4). */
    public void discardSpace(EncryptionLevel level) {
        SentSpace space = spaces[level.ordinal()];
        for (int i = 0; i < space.sent.size(); i++) {
            SentPacket packet = space.sent.at(i);
            if (!packet.acked && !packet.declaredLost) {
                leaveFlight(space, packet);
            }
        }
        space.sent.releaseAll(pool);
        space.lost.releaseAll(pool);
        space.lossTimeNs = Long.MAX_VALUE;
        space.probeExpiryNs = Long.MAX_VALUE;
        probes.reset();
    }

    /** Hands every packet object back; the detector is not used again. */
    public void release() {
        for (EncryptionLevel level : LEVELS) {
            discardSpace(level);
        }
    }
}
