package dev.tern.quic.connection;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.quic.frame.PingFrame;
import dev.tern.quic.handshake.Handshake;
import dev.tern.quic.handshake.PacketNumberSpace;
import dev.tern.quic.observe.ConnectionObserver;
import dev.tern.quic.path.Path;
import dev.tern.quic.path.PathSwitching;
import dev.tern.quic.path.Paths;
import dev.tern.quic.wire.ConnectionId;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Decides what the next datagram is: on which path, which packets it coalesces, and which frames go
 * into them, most pressing first (RFC 9000 §12.2, §13). Owned by one agent; not thread-safe.
 */
final class DatagramBuilder {
    static final EncryptionLevel[] LEVELS = {
        EncryptionLevel.INITIAL, EncryptionLevel.HANDSHAKE, EncryptionLevel.ONE_RTT
    };

    private final boolean client;
    private final Handshake handshake;
    private final Paths paths;
    private final PathSwitching switching;
    private final Closing closing;
    private final ApplicationFrames application;
    private final RandomGenerator random;
    private final PacketAssembler packets;
    private final CloseDatagrams closeDatagrams;
    private final int[] probes = new int[EncryptionLevel.values().length];
    private Path builtOn;
    private int builtEcn;
    private int datagramBytes;

    DatagramBuilder(
            boolean client,
            Handshake handshake,
            Paths paths,
            PathSwitching switching,
            Closing closing,
            ApplicationFrames application,
            ConnectionId sourceId,
            byte[] token,
            RandomGenerator random,
            ConnectionObserver observer) {
        this.client = client;
        this.handshake = handshake;
        this.paths = paths;
        this.switching = switching;
        this.closing = closing;
        this.application = application;
        this.random = random;
        this.packets =
                new PacketAssembler(handshake.version(), sourceId, token, paths.pool(), observer);
        this.closeDatagrams = new CloseDatagrams(handshake, switching, closing, packets);
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
        return application.pacedUntilNs();
    }

    /** The path of the datagram built last. */
    Path builtOn() {
        return builtOn;
    }

    /** The two ECN bits of what was built last. */
    int builtEcn() {
        return builtEcn;
    }

    /** The length of the first datagram built last, which those behind it have, too. */
    int datagramBytes() {
        return datagramBytes;
    }

    /**
     * Builds the next datagram at the start of the buffer, and more of them where there is room and
     * stream data waits; returns the length of all, 0 for nothing to send.
     */
    int build(Transmit transmit, long nowNs) {
        byte[] buffer = transmit.buffer();
        packets.beginTrain(transmit.packets());
        datagramBytes = buildFirst(buffer, nowNs);
        int length = datagramBytes;
        if (transmit.packets() != null && datagramBytes > 0) {
            length = buildFollowing(transmit.packets().capacity(), buffer, nowNs);
        }
        packets.endTrain(transmit, length);
        return length;
    }

    private int buildFirst(byte[] buffer, long nowNs) {
        application.begin();
        if (!closing.isOpen()) {
            int length = closing.wantsToSend() ? closeDatagrams.build(buffer, nowNs) : 0;
            return length == 0 ? 0 : built(switching.current(), length, nowNs);
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

    /**
     * Behind a full datagram of data: more of them, while nothing else wants to be sent and the
     * last one was full.
     */
    private int buildFollowing(int most, byte[] buffer, long nowNs) {
        PacketNumberSpace space = handshake.space(EncryptionLevel.ONE_RTT);
        Path path = builtOn;
        int end = datagramBytes;
        boolean bulk =
                handshake.isConfirmed()
                        && path == switching.current()
                        && datagramBytes == path.datagramBytes();
        for (int count = 1; bulk && count < most && end + datagramBytes <= buffer.length; count++) {
            if (!mayFollow(space, path, nowNs)) {
                break;
            }
            int limit = end + datagramBytes;
            int next =
                    writePacket(EncryptionLevel.ONE_RTT, space, path, buffer, end, limit, 0, nowNs);
            if (next > end) {
                built(path, next - end, nowNs);
            }
            bulk = next == limit;
            end = next;
        }
        return end;
    }

    private boolean mayFollow(PacketNumberSpace space, Path path, long nowNs) {
        return closing.isOpen()
                && probes[EncryptionLevel.ONE_RTT.ordinal()] == 0
                && path.ecnCodepoint() == builtEcn
                && path.allowsBytes(Path.MIN_DATAGRAM_BYTES)
                && !path.padsDatagrams()
                && !path.hasFramesToSend(nowNs)
                && application.decide(space, path, nowNs);
    }

    // ---- frames of paths that do not carry the data

    private int buildForOtherPath(byte[] buffer, long nowNs) {
        for (int i = 0; i < paths.count(); i++) {
            Path path = paths.at(i);
            if (path != switching.current() && !path.isAbandoned() && path.hasFramesToSend(nowNs)) {
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
        int limit = path.pathFrameBytes();
        if (!packets.begin(space, path.destinationId().id(), buffer, 0, limit)) {
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
        PacketNumberSpace space = handshake.space(EncryptionLevel.ONE_RTT);
        boolean mayGo =
                application.hasStreamData()
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
        if (path.isAbandoned()) {
            return 0;
        }
        if (!path.allowsBytes(Path.MIN_DATAGRAM_BYTES)) {
            boolean mayProbe = handshake.isConfirmed() && path.hasFramesToSend(nowNs);
            return mayProbe ? buildPathFrames(path, buffer, nowNs) : 0;
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
            int limit =
                    level == EncryptionLevel.ONE_RTT
                            ? path.datagramBytes()
                            : Path.MIN_DATAGRAM_BYTES;
            length = writePacket(level, space, path, buffer, length, limit, padTo, nowNs);
        }
        if (length > 0 && expand && length < Path.MIN_DATAGRAM_BYTES) {
            length = fillUp(buffer, length); // the last packet wanted had no room
        }
        return length == 0 ? 0 : built(path, length, nowNs);
    }

    /** Bytes that are no packet fill the datagram. */
    static int fillUp(byte[] buffer, int length) {
        Arrays.fill(buffer, length, Path.MIN_DATAGRAM_BYTES, (byte) 0);
        return Path.MIN_DATAGRAM_BYTES;
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
        boolean applicationMayGo =
                level == EncryptionLevel.ONE_RTT && application.decide(space, path, nowNs);
        if (applicationMayGo || space.sealsEarly()) {
            return applicationMayGo;
        }
        if (probes[level.ordinal()] > 0 || space.acks().isDue(nowNs)) {
            return true;
        }
        return level == EncryptionLevel.ONE_RTT
                ? path.hasFramesToSend(nowNs)
                : space.crypto().hasDataToSend() && path.hasWindow();
    }

    private int writePacket(
            EncryptionLevel level,
            PacketNumberSpace space,
            Path path,
            byte[] buffer,
            int offset,
            int limit,
            int padTo,
            long nowNs) {
        if (!packets.begin(space, path.destinationId().id(), buffer, offset, limit)) {
            return offset;
        }
        if (space.sealsEarly()) {
            return writeEarlyPacket(path, offset, padTo, nowNs);
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
                writeApplicationFrames(probing, nowNs);
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
                path, expand ? Path.MIN_DATAGRAM_BYTES : padTo, application.isLimited(path), nowNs);
    }

    /** 0-RTT packets acknowledge nothing, and carry what RFC 9000 §12.4 lets them. */
    private int writeEarlyPacket(Path path, int offset, int padTo, long nowNs) {
        writeApplicationFrames(false, nowNs);
        if (packets.isEmpty()) {
            packets.abandon();
            return offset;
        }
        return packets.end(path, padTo, application.isLimited(path), nowNs);
    }

    private void writeApplicationFrames(boolean probing, long nowNs) {
        if (probing) {
            application.writeProbe(packets.out(), packets.packet(), nowNs);
        } else {
            application.write(packets.out(), packets.packet(), nowNs);
        }
    }

    private int built(Path path, int length, long nowNs) {
        builtOn = path;
        builtEcn = path.ecnCodepoint();
        path.onDatagramSent(length, nowNs);
        return length;
    }
}
