package dev.tern.quic.connection;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.quic.frame.PingFrame;
import dev.tern.quic.handshake.Handshake;
import dev.tern.quic.handshake.PacketNumberSpace;
import dev.tern.quic.path.Path;
import dev.tern.quic.path.PathSwitching;
import dev.tern.quic.path.Paths;
import dev.tern.quic.recovery.FrameSource;
import dev.tern.quic.stream.Stream;
import dev.tern.quic.stream.StreamDataSource;
import dev.tern.quic.wire.ConnectionId;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Decides what the next datagram is: on which path, which packets it coalesces, and which frames go
 * into them, most pressing first (RFC 9000 §12.2, §13). Owned by one agent; not thread-safe.
 */
final class DatagramBuilder {
    private static final EncryptionLevel[] LEVELS = {
        EncryptionLevel.INITIAL, EncryptionLevel.HANDSHAKE, EncryptionLevel.ONE_RTT
    };

    /** Streams that nobody gave an urgency wait where a fresh path's window is short. */
    private static final int MOST_URGENT_BULK = Stream.DEFAULT_URGENCY;

    private static final int MIN_FRAME_ROOM_BYTES = 40;

    private final boolean client;
    private final Handshake handshake;
    private final Paths paths;
    private final PathSwitching switching;
    private final Closing closing;
    private final List<FrameSource> sources;
    private final List<FrameSource> earlySources;
    private final StreamDataSource streamData;
    private final RandomGenerator random;
    private final PacketAssembler packets;
    private final int[] probes = new int[EncryptionLevel.values().length];
    private long pacedUntilNs = Long.MAX_VALUE;

    /**
     * @param sources what may go into 1-RTT packets before stream data, in order
     * @param earlySources those of them that may go into 0-RTT packets
     */
    DatagramBuilder(
            boolean client,
            Handshake handshake,
            Paths paths,
            PathSwitching switching,
            Closing closing,
            List<FrameSource> sources,
            List<FrameSource> earlySources,
            StreamDataSource streamData,
            ConnectionId sourceId,
            byte[] token,
            RandomGenerator random) {
        this.client = client;
        this.handshake = handshake;
        this.paths = paths;
        this.switching = switching;
        this.closing = closing;
        this.sources = sources;
        this.earlySources = earlySources;
        this.streamData = streamData;
        this.random = random;
        this.packets = new PacketAssembler(handshake.version(), sourceId, token, paths.pool());
    }

    /**
     * The next packets of that level are probes: they go out whatever the window says (RFC 9002
     * §6.2.4).
     */
    void probe(EncryptionLevel level, int count) {
        probes[level.ordinal()] = count;
    }

    /** What the client's Initials carry from now on: the token of a Retry. */
    void token(byte[] token) {
        packets.token(token);
    }

    /** Until when pacing holds back what could otherwise be sent, or {@link Long#MAX_VALUE}. */
    long pacedUntilNs() {
        return pacedUntilNs;
    }

    /** The path of the datagram built last. */
    Path builtOn() {
        return builtOn;
    }

    /** The two ECN bits of the datagram built last. */
    int builtEcn() {
        return builtEcn;
    }

    private Path builtOn;
    private int builtEcn;

    /**
     * Builds the next datagram at the start of the buffer; returns its length, 0 for nothing to
     * send.
     */
    int build(byte[] buffer, long nowNs) {
        pacedUntilNs = Long.MAX_VALUE;
        if (!closing.isOpen()) {
            return closing.wantsToSend() ? buildClose(buffer, nowNs) : 0;
        }
        if (handshake.isConfirmed()) {
            handshake.keyUpdates().beforeSending();
        }
        int length = handshake.isConfirmed() ? buildForOtherPath(buffer, nowNs) : 0;
        if (length == 0 && handshake.isConfirmed()) {
            length = buildMtuProbe(switching.current(), buffer, nowNs);
        }
        return length > 0 ? length : buildForCurrentPath(buffer, nowNs);
    }

    // ---- frames of paths that do not carry the data

    private int buildForOtherPath(byte[] buffer, long nowNs) {
        for (int i = 0; i < paths.count(); i++) {
            Path path = paths.at(i);
            if (path != switching.current()
                    && !path.isAbandoned()
                    && path.hasFramesToSend(nowNs)
                    && path.allowsBytes(Path.MIN_DATAGRAM_BYTES)) {
                int length = buildPathFrames(path, buffer, nowNs);
                if (length > 0) {
                    return length;
                }
            }
        }
        return 0;
    }

    private int buildPathFrames(Path path, byte[] buffer, long nowNs) {
        PacketNumberSpace space = handshake.space(EncryptionLevel.ONE_RTT);
        if (!packets.begin(space, path.destinationId().id(), buffer, 0, Path.MIN_DATAGRAM_BYTES)) {
            return 0;
        }
        boolean expand = path.writeFrames(packets.out(), packets.packet(), random, nowNs);
        if (packets.isEmpty()) {
            packets.abandon();
            return 0;
        }
        int length = packets.end(path, expand ? Path.MIN_DATAGRAM_BYTES : 0, true, nowNs);
        return built(path, length, nowNs);
    }

    // ---- probes of the path's MTU

    /** Only a connection with bulk to send has a use for larger datagrams. */
    private int buildMtuProbe(Path path, byte[] buffer, long nowNs) {
        int bytes = path.mtuProbeBytes(nowNs);
        if (bytes == 0 || path.isAbandoned()) {
            return 0;
        }
        streamData.urgencyLimit(Stream.MAX_URGENCY);
        PacketNumberSpace space = handshake.space(EncryptionLevel.ONE_RTT);
        boolean mayGo =
                streamData.hasFramesToSend()
                        && probes[space.level().ordinal()] == 0
                        && path.paceAllows(nowNs);
        if (!mayGo || !packets.begin(space, path.destinationId().id(), buffer, 0, bytes)) {
            return 0;
        }
        path.writeMtuProbe(packets.out(), packets.packet(), nowNs);
        return built(path, packets.end(path, bytes, false, nowNs), nowNs);
    }

    // ---- everything else

    private int buildForCurrentPath(byte[] buffer, long nowNs) {
        Path path = switching.current();
        if (path.isAbandoned() || !path.allowsBytes(Path.MIN_DATAGRAM_BYTES)) {
            return 0;
        }
        int length = 0;
        boolean expand = path.padsDatagrams();
        for (EncryptionLevel level : LEVELS) {
            PacketNumberSpace space = handshake.space(level);
            if (!maySeal(space) || !wants(level, space, path, nowNs)) {
                continue;
            }
            boolean initial = level == EncryptionLevel.INITIAL;
            expand |=
                    initial
                            && (client
                                    || space.crypto().hasDataToSend()
                                    || probes[level.ordinal()] > 0);
            boolean last = level == EncryptionLevel.ONE_RTT || !laterWants(level, path, nowNs);
            int padTo = expand && last ? Path.MIN_DATAGRAM_BYTES : 0;
            length = writePacket(level, space, path, buffer, length, padTo, nowNs);
        }
        if (length > 0 && expand && length < Path.MIN_DATAGRAM_BYTES) {
            // The last packet wanted had no room: bytes that are no packet fill the datagram.
            java.util.Arrays.fill(buffer, length, Path.MIN_DATAGRAM_BYTES, (byte) 0);
            length = Path.MIN_DATAGRAM_BYTES;
        }
        return length == 0 ? 0 : built(path, length, nowNs);
    }

    private boolean laterWants(EncryptionLevel level, Path path, long nowNs) {
        for (EncryptionLevel later : LEVELS) {
            PacketNumberSpace space = handshake.space(later);
            if (later.compareTo(level) > 0 && space.canSeal() && wants(later, space, path, nowNs)) {
                return true;
            }
        }
        return false;
    }

    private static boolean maySeal(PacketNumberSpace space) {
        return space.canSeal() || space.sealsEarly();
    }

    private boolean wants(EncryptionLevel level, PacketNumberSpace space, Path path, long nowNs) {
        if (space.sealsEarly()) {
            return wantsToSendApplicationFrames(space, path, nowNs);
        }
        if (probes[level.ordinal()] > 0 || space.acks().isDue(nowNs)) {
            return true;
        }
        if (level != EncryptionLevel.ONE_RTT) {
            return space.crypto().hasDataToSend() && path.hasWindow();
        }
        return path.hasFramesToSend(nowNs) || wantsToSendApplicationFrames(space, path, nowNs);
    }

    /** Whether window and pacing let something out that waits; sets for which urgencies. */
    private boolean wantsToSendApplicationFrames(PacketNumberSpace space, Path path, long nowNs) {
        streamData.urgencyLimit(Stream.MAX_URGENCY);
        List<FrameSource> allowed = space.sealsEarly() ? earlySources : sources;
        boolean control = space.crypto().hasDataToSend();
        for (int i = 0; i < allowed.size() && !control; i++) {
            control = allowed.get(i).hasFramesToSend();
        }
        int urgency = streamData.mostUrgentPending();
        if (!control && urgency > Stream.MAX_URGENCY) {
            return false;
        }
        if (!path.hasWindow()) {
            return false;
        }
        boolean urgent = control || urgency < MOST_URGENT_BULK;
        // Half of an unproven window is for messages: bulk must not make them wait for its first
        // ACK.
        boolean bulkMayGo = !(path.isUnproven() && path.isHalfFull());
        // 0-RTT: the round trip is a guess yet, and the initial window may leave at once (RFC 9002
        // §7.7).
        if (bulkMayGo && !space.sealsEarly() && !path.paceAllows(nowNs)) {
            pacedUntilNs = path.nextPacedSendNs(nowNs);
            bulkMayGo = false;
        }
        if (!bulkMayGo) {
            streamData.urgencyLimit(MOST_URGENT_BULK - 1);
        }
        return urgent || bulkMayGo;
    }

    private int writePacket(
            EncryptionLevel level,
            PacketNumberSpace space,
            Path path,
            byte[] buffer,
            int offset,
            int padTo,
            long nowNs) {
        int limit =
                level == EncryptionLevel.ONE_RTT ? path.datagramBytes() : Path.MIN_DATAGRAM_BYTES;
        if (!packets.begin(space, path.destinationId().id(), buffer, offset, limit)) {
            return offset;
        }
        if (space.sealsEarly()) {
            return writeEarlyPacket(space, path, offset, padTo, nowNs);
        }
        boolean probing = probes[level.ordinal()] > 0;
        boolean expand = false;
        if (space.acks().hasNews() || probing) {
            space.acks().write(packets.out(), packets.packet(), nowNs);
        }
        if (level == EncryptionLevel.ONE_RTT) {
            expand = path.writeFrames(packets.out(), packets.packet(), random, nowNs);
        }
        if (probing || path.hasWindow()) {
            space.crypto().writeFrames(packets.out(), packets.packet());
            if (level == EncryptionLevel.ONE_RTT) {
                writeApplicationFrames(path, probing, nowNs);
            }
        }
        if (probing && !packets.packet().isAckEliciting()) {
            PingFrame.encode(packets.out());
            packets.packet().markAckEliciting();
        }
        if (packets.isEmpty()) {
            packets.abandon();
            return offset;
        }
        if (probing && packets.packet().isAckEliciting()) {
            probes[level.ordinal()]--;
        }
        if (client && level == EncryptionLevel.HANDSHAKE) {
            handshake.discard(EncryptionLevel.INITIAL);
        }
        return packets.end(
                path, expand ? Path.MIN_DATAGRAM_BYTES : padTo, isApplicationLimited(path), nowNs);
    }

    /** 0-RTT packets acknowledge nothing, and carry what RFC 9000 §12.4 lets them. */
    private int writeEarlyPacket(
            PacketNumberSpace space, Path path, int offset, int padTo, long nowNs) {
        writeFrames(earlySources, space, path, false, nowNs);
        if (packets.isEmpty()) {
            packets.abandon();
            return offset;
        }
        return packets.end(path, padTo, isApplicationLimited(path), nowNs);
    }

    private void writeApplicationFrames(Path path, boolean probing, long nowNs) {
        writeFrames(sources, handshake.space(EncryptionLevel.ONE_RTT), path, probing, nowNs);
    }

    private void writeFrames(
            List<FrameSource> from,
            PacketNumberSpace space,
            Path path,
            boolean probing,
            long nowNs) {
        if (probing) {
            streamData.urgencyLimit(Stream.MAX_URGENCY);
        }
        for (int i = 0; i < from.size(); i++) {
            FrameSource source = from.get(i);
            if (source.hasFramesToSend()) {
                source.writeFrames(packets.out(), packets.packet(), nowNs);
            }
        }
        boolean mayWrite = probing || wantsToSendApplicationFrames(space, path, nowNs);
        if (mayWrite && packets.out().remaining() >= MIN_FRAME_ROOM_BYTES) {
            streamData.writeFrames(packets.out(), packets.packet(), nowNs);
        }
    }

    private boolean isApplicationLimited(Path path) {
        streamData.urgencyLimit(Stream.MAX_URGENCY);
        return !streamData.hasFramesToSend() && !path.isHalfFull();
    }

    private int built(Path path, int length, long nowNs) {
        builtOn = path;
        builtEcn = path.ecnCodepoint();
        path.onDatagramSent(length, nowNs);
        return length;
    }

    // ---- the end

    private int buildClose(byte[] buffer, long nowNs) {
        Path path = switching.current();
        closing.onSent();
        if (!path.allowsBytes(Path.MIN_DATAGRAM_BYTES)) {
            return 0;
        }
        int length = 0;
        boolean initial = false;
        for (EncryptionLevel level : LEVELS) {
            PacketNumberSpace space = handshake.space(level);
            boolean useful = level != EncryptionLevel.ONE_RTT || handshake.isComplete();
            if (space.canSeal()
                    && useful
                    && packets.begin(
                            space,
                            path.destinationId().id(),
                            buffer,
                            length,
                            Path.MIN_DATAGRAM_BYTES)) {
                initial |= level == EncryptionLevel.INITIAL;
                closing.write(packets.out(), level == EncryptionLevel.ONE_RTT);
                length = packets.end(path, 0, true, nowNs);
            }
        }
        if (initial && length < Path.MIN_DATAGRAM_BYTES) {
            java.util.Arrays.fill(buffer, length, Path.MIN_DATAGRAM_BYTES, (byte) 0);
            length = Path.MIN_DATAGRAM_BYTES;
        }
        return length == 0 ? 0 : built(path, length, nowNs);
    }
}
