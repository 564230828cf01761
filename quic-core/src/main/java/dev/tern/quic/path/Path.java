package dev.tern.quic.path;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.quic.cid.PeerConnectionId;
import dev.tern.quic.congestion.CongestionController;
import dev.tern.quic.observe.ConnectionObserver;
import dev.tern.quic.recovery.EcnFeedback;
import dev.tern.quic.recovery.LossDetector;
import dev.tern.quic.recovery.RttEstimator;
import dev.tern.quic.recovery.SentPacket;
import dev.tern.quic.recovery.SentPacketPool;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.QuotedHeader;

import java.net.InetSocketAddress;
import java.util.random.RandomGenerator;

/**
 * One pair of addresses that the connection may use, with everything that belongs to it alone:
 * validation, round-trip time, loss detection, congestion window, pacing, and the peer's connection
 * ID in its packets. A path through a relay is one whose remote address is the relay's.
 *
 * <p>Owned by one agent; not thread-safe.
 */
public final class Path {
    /** Every path must carry this much (RFC 9000 §14). */
    public static final int MIN_DATAGRAM_BYTES = 1200;

    /**
     * A packet with a challenge, and little else: where the limit for strangers allows no full
     * datagram, as after a lone ACK from a new address, this may still go (RFC 9000 §8.2.1).
     */
    private static final int CHALLENGE_DATAGRAM_BYTES = 64;

    private static final int LATE_ACK_PTOS = 3;

    /**
     * What a path that this side chose may send before the far end answered: one initial window.
     */
    private static final int CHOSEN_PATH_GRANT_BYTES = 14_720;

    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final boolean relayed;
    private final PathTraffic traffic;
    private final PathValidator validator = new PathValidator();
    private AmplificationLimit amplification = AmplificationLimit.ofPeersChoice();
    private final PathFrames frames = new PathFrames();
    private PeerConnectionId destinationId;
    private boolean abandoned;
    private long forgetNs = Long.MAX_VALUE;
    private int datagramsToPad;
    private long lastReceivedNs;
    private int lastReceivedBytes;
    private long lastSentNs;
    private long nextSuspicionNs;

    Path(
            InetSocketAddress local,
            InetSocketAddress remote,
            boolean relayed,
            CongestionController congestion,
            SentPacketPool pool,
            long nowNs) {
        this.local = local;
        this.remote = remote;
        this.relayed = relayed;
        this.traffic = new PathTraffic(congestion, pool, nowNs);
        this.lastReceivedNs = nowNs;
        this.lastSentNs = nowNs;
        this.nextSuspicionNs = nowNs;
    }

    public InetSocketAddress local() {
        return local;
    }

    public InetSocketAddress remote() {
        return remote;
    }

    /** Whether the remote address is a relay's. */
    public boolean isRelayed() {
        return relayed;
    }

    public RttEstimator rtt() {
        return traffic.rtt();
    }

    public LossDetector loss() {
        return traffic.loss();
    }

    /**
     * The peer's connection ID that packets on this path carry; null when none could be had yet.
     */
    public PeerConnectionId destinationId() {
        return destinationId;
    }

    /** Whether that may be a packet which left on this path. */
    public boolean sendsTo(QuotedHeader quoted) {
        return destinationId != null && quoted.isTo(destinationId.id());
    }

    void destinationId(PeerConnectionId id) {
        destinationId = id;
    }

    /** Whether the far end has answered from there (RFC 9000 §8). */
    public boolean isValidated() {
        return validator.state() == PathValidator.State.VALIDATED;
    }

    boolean hasFailed() {
        return validator.state() == PathValidator.State.FAILED;
    }

    /**
     * Whether nothing can pass any more, because the local address is gone or was left for good.
     */
    public boolean isAbandoned() {
        return abandoned;
    }

    void abandon(long nowNs) {
        if (!abandoned) {
            abandoned = true;
            forgetNs = nowNs + LATE_ACK_PTOS * rtt().ptoNs(0);
            loss().declareAllLost();
        }
    }

    /** Its local address is there again, or the peer's is. */
    void revive() {
        abandoned = false;
        forgetNs = Long.MAX_VALUE;
    }

    /** When an abandoned path need not be kept any longer for the sake of late ACKs. */
    long forgetNs() {
        return forgetNs;
    }

    /** What it has carried. */
    public PathCounters counters() {
        return traffic.counters();
    }

    public long sentDatagrams() {
        return traffic.counters().sentDatagrams();
    }

    public long receivedDatagrams() {
        return traffic.counters().receivedDatagrams();
    }

    /** When the last authenticated packet came by this path. */
    public long lastReceivedNs() {
        return lastReceivedNs;
    }

    public long lastSentNs() {
        return lastSentNs;
    }

    PathFrames frames() {
        return frames;
    }

    // ---- validation

    /** The handshake, or its ID's first answer, showed that the path works. */
    public void trust() {
        validator.trust();
        amplification.lift();
    }

    void validate(long firstIntervalNs, long giveUpNs, long nowNs) {
        validator.start(firstIntervalNs, giveUpNs, nowNs);
    }

    /**
     * Counts the far end as a stranger again, for the peer changed its address or connection ID.
     */
    void distrust() {
        amplification = AmplificationLimit.ofPeersChoice();
        // The datagram that told of the change came from there: else nothing could be answered.
        amplification.onReceived(lastReceivedBytes);
    }

    /** The same, for a path that this side chose. */
    void distrustChosen() {
        amplification = AmplificationLimit.ofOurChoice(CHOSEN_PATH_GRANT_BYTES);
    }

    /** Counts together with another path to the same address. */
    void limit(AmplificationLimit shared) {
        amplification = shared;
    }

    AmplificationLimit amplification() {
        return amplification;
    }

    void hurryValidation(long nowNs) {
        validator.hurry(nowNs);
    }

    /** A PATH_RESPONSE came by this path; returns whether the path is validated by it. */
    boolean onResponse(long data, long nowNs) {
        long sampleNs = validator.onResponse(data, nowNs);
        if (sampleNs < 0) {
            return false;
        }
        amplification.lift();
        if (!rtt().isSampled()) {
            rtt().onSample(sampleNs, 0);
        }
        return isValidated();
    }

    boolean validationExpired(long nowNs) {
        return validator.expire(nowNs);
    }

    /** When a challenge is due, unless none may leave, or validation fails. */
    public long validationDeadlineNs() {
        return pathFrameBytes() > 0 ? validator.nextEventNs() : validator.giveUpNs();
    }

    // ---- what may be sent

    /** Bytes that came by this path in one datagram, authenticated. */
    public void onReceived(int bytes, long nowNs) {
        amplification.onReceived(bytes);
        lastReceivedBytes = bytes;
        lastReceivedNs = nowNs;
        traffic.counters().onDatagramReceived(bytes);
    }

    public void onDatagramSent(int bytes, long nowNs) {
        amplification.onSent(bytes);
        lastSentNs = nowNs;
        traffic.onDatagramSent(bytes);
        if (datagramsToPad > 0) {
            datagramsToPad--;
        }
    }

    /** Whether the limit for unvalidated addresses allows another datagram (RFC 9000 §8.1). */
    public boolean allowsBytes(int bytes) {
        return amplification.allows(bytes);
    }

    /** How large a datagram with nothing but frames of this path may be; 0 if none may leave. */
    public int pathFrameBytes() {
        if (allowsBytes(MIN_DATAGRAM_BYTES)) {
            return MIN_DATAGRAM_BYTES;
        }
        return allowsBytes(CHALLENGE_DATAGRAM_BYTES) ? CHALLENGE_DATAGRAM_BYTES : 0;
    }

    /**
     * Fills up the next datagrams, so that whoever may answer only in proportion can answer fully.
     */
    void padNext(int datagrams) {
        datagramsToPad = datagrams;
    }

    public boolean padsDatagrams() {
        return datagramsToPad > 0;
    }

    // ---- what is in flight, and what may follow

    void observer(ConnectionObserver observer) {
        traffic.observer(observer);
    }

    void enableEcn() {
        traffic.enableEcn();
    }

    /** The two ECN bits of datagrams that leave now. */
    public int ecnCodepoint() {
        return traffic.ecnCodepoint();
    }

    /** Whether ECN marks were seen to arrive on this path (RFC 9000 §13.4.2). */
    public boolean isEcnCapable() {
        return traffic.isEcnCapable();
    }

    /** What an ACK frame says of marks, before {@link LossDetector#onAckEnd}. */
    public void onEcnFeedback(EcnFeedback.Verdict verdict) {
        traffic.onEcnFeedback(verdict);
    }

    /** How large a 1-RTT datagram may be. */
    public int datagramBytes() {
        return traffic.datagramBytes();
    }

    void maxDatagramBytes(int bytes) {
        traffic.maxDatagramBytes(bytes);
    }

    /** The size of the probe that may be sent now (RFC 9000 §14.3), or 0 for none. */
    public int mtuProbeBytes(long nowNs) {
        return isValidated() ? traffic.mtuProbeBytes(nowNs) : 0;
    }

    /** Writes the frame of a probe. */
    public void writeMtuProbe(ByteWriter out, SentPacket packet, long nowNs) {
        traffic.writeMtuProbe(out, packet, nowNs);
    }

    long mtuDeadlineNs() {
        return traffic.mtuDeadlineNs();
    }

    void onMtuTimeout(long nowNs) {
        traffic.onMtuTimeout(nowNs);
    }

    /** Whether the congestion window has room (RFC 9002 §7). */
    public boolean hasWindow() {
        return traffic.hasWindow();
    }

    /** Whether more than half of the window is in use. */
    public boolean isHalfFull() {
        return traffic.isHalfFull();
    }

    public long windowBytes() {
        return traffic.windowBytes();
    }

    /** Whether nothing that was sent since the path was taken up is acknowledged yet. */
    public boolean isUnproven() {
        return traffic.isUnproven();
    }

    /** What the pacer lets out in such a time, in bytes. */
    public double pacedBytesIn(long durationNs) {
        return traffic.pacedBytesIn(durationNs);
    }

    public boolean paceAllows(long nowNs) {
        return traffic.paceAllows(nowNs);
    }

    public long nextPacedSendNs(long nowNs) {
        return traffic.nextPacedSendNs(nowNs);
    }

    /** A packet left; {@code applicationLimited} when the window would have allowed more. */
    public void onPacketSent(
            EncryptionLevel level,
            SentPacket packet,
            long packetNumber,
            int sizeBytes,
            boolean applicationLimited,
            long nowNs) {
        traffic.onPacketSent(level, packet, packetNumber, sizeBytes, applicationLimited, nowNs);
    }

    void takeUp(long nowNs) {
        traffic.takeUp(nowNs);
    }

    // ---- frames of this path alone

    /** A sign of life that asks for an answer. */
    public void ping() {
        frames.ping();
    }

    /**
     * Something unproven says that nothing arrives: finds out by a probe, now rather than at the
     * probe timeout, and once in the time of one.
     *
     * @return whether a probe will leave for it
     */
    public boolean suspect(long nowNs) {
        if (abandoned || nowNs - nextSuspicionNs < 0) {
            return false;
        }
        nextSuspicionNs = nowNs + rtt().ptoNs(0);
        if (!loss().hurryProbe()) {
            ping();
        }
        return true;
    }

    /** Whether a packet must be sent on this path even if it does not carry the data. */
    public boolean hasFramesToSend(long nowNs) {
        return frames.isPending() || validator.wantsToSend(nowNs);
    }

    /** Writes what waits; returns whether the datagram must be filled up (RFC 9000 §8.2.1). */
    public boolean writeFrames(
            ByteWriter out, SentPacket packet, RandomGenerator random, long nowNs) {
        boolean mayExpand = allowsBytes(MIN_DATAGRAM_BYTES);
        boolean expand = frames.write(out, packet);
        if (validator.wantsToSend(nowNs) && frames.fitsChallenge(out)) {
            long data = random.nextLong();
            frames.writeChallenge(out, packet, data);
            validator.onSent(data, mayExpand, nowNs);
            expand = true;
        }
        return expand && mayExpand;
    }

    @Override
    public String toString() {
        return (relayed ? "relayed " : "direct ") + local + " to " + remote;
    }
}
