package dev.tern.quic.connection;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.quic.cid.LocalConnectionIds;
import dev.tern.quic.frame.FrameReader;
import dev.tern.quic.handshake.Handshake;
import dev.tern.quic.handshake.PacketNumberSpace;
import dev.tern.quic.observe.ConnectionObserver;
import dev.tern.quic.observe.DropReason;
import dev.tern.quic.observe.ObservedPacket;
import dev.tern.quic.path.Path;
import dev.tern.quic.path.PathSwitching;
import dev.tern.quic.path.Paths;
import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.CoalescedPackets;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.PacketHeader;
import dev.tern.quic.wire.PacketNumbers;
import dev.tern.quic.wire.PacketType;
import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;

import java.net.InetSocketAddress;

/**
 * Takes a datagram apart: finds its packets, removes their protection in place, hands their frames
 * on, and notes what must be acknowledged (RFC 9000 §12.2, RFC 9001 §5). What cannot be
 * authenticated changes nothing.
 */
final class PacketReceiver {
    private static final int LONG_HEADER_RESERVED_BITS = 0x0c;
    private static final int SHORT_HEADER_RESERVED_BITS = 0x18;
    private static final int KEY_PHASE_BIT = 0x04;

    private final boolean client;
    private final Handshake handshake;
    private final FrameDispatcher dispatcher;
    private final Paths paths;
    private final PathSwitching switching;
    private final LocalConnectionIds localIds;
    private final ClientFirstFlight firstFlight;
    private final ConnectionObserver observer;
    private final FrameReader frames = new FrameReader();
    private final ByteReader reader = new ByteReader();
    private final CoalescedPackets packets = new CoalescedPackets();
    private final PacketHeader header = packets.header();
    private ConnectionId peerHandshakeId;
    private boolean peerHandshakeIdAuthentic;
    private boolean authenticated;
    private int ecn;

    /**
     * @param peerHandshakeId the source connection ID that the peer's long headers must carry, or
     *     null when its first packet will tell
     * @param firstFlight hears of Retry and Version Negotiation; null at a server
     */
    PacketReceiver(
            boolean client,
            Handshake handshake,
            FrameDispatcher dispatcher,
            Paths paths,
            PathSwitching switching,
            LocalConnectionIds localIds,
            ConnectionId peerHandshakeId,
            ClientFirstFlight firstFlight,
            ConnectionObserver observer) {
        this.observer = observer;
        this.firstFlight = firstFlight;
        this.client = client;
        this.handshake = handshake;
        this.dispatcher = dispatcher;
        this.paths = paths;
        this.switching = switching;
        this.localIds = localIds;
        this.peerHandshakeId = peerHandshakeId;
        this.peerHandshakeIdAuthentic = peerHandshakeId != null;
    }

    /** The ID that the peer chose for itself in the handshake; null before its first packet. */
    ConnectionId peerHandshakeId() {
        return peerHandshakeId;
    }

    /**
     * Takes in one datagram.
     *
     * @param ecnCodepoint the two ECN bits that it came with
     * @return whether any packet in it was authentic
     */
    boolean receive(
            InetSocketAddress local,
            InetSocketAddress remote,
            int ecnCodepoint,
            byte[] buffer,
            int offset,
            int length,
            long nowNs) {
        ecn = ecnCodepoint;
        authenticated = false;
        packets.wrap(buffer, offset, length, PacketHeader.SELF_DESCRIBED);
        while (packets.next()) {
            receivePacket(local, remote, buffer, header.packetOffset(), length, nowNs);
        }
        return authenticated;
    }

    private void receivePacket(
            InetSocketAddress local,
            InetSocketAddress remote,
            byte[] buffer,
            int offset,
            int datagramLength,
            long nowNs) {
        if (firstFlight != null && header.type() == PacketType.RETRY) {
            firstFlight.onRetry(header, buffer);
            return;
        }
        if (firstFlight != null && header.type() == PacketType.VERSION_NEGOTIATION) {
            firstFlight.onVersionNegotiation(header, buffer);
            return;
        }
        EncryptionLevel level = levelOf(header.type());
        if (level == null || !isForUs(buffer) || !header.hasSample()) {
            drop(DropReason.UNEXPECTED_HEADER, nowNs);
            return;
        }
        if (!client
                && level == EncryptionLevel.INITIAL
                && datagramLength < Path.MIN_DATAGRAM_BYTES) {
            return; // RFC 9000 §14.1
        }
        PacketNumberSpace space = handshake.space(level);
        boolean early = level == EncryptionLevel.ZERO_RTT;
        boolean readable =
                early
                        ? !client && space.hasEarlyKeys()
                        : space.canOpen()
                                && (level != EncryptionLevel.ONE_RTT
                                        || handshake.mayOpenApplication());
        if (!readable) {
            drop(DropReason.KEYS_UNAVAILABLE, nowNs);
            return;
        }
        if (level != EncryptionLevel.ONE_RTT) {
            handshake.onVersionSeen(header.version(), level);
        }
        int numberOffset = header.packetNumberOffset();
        int numberLength =
                early
                        ? space.unprotectEarlyHeader(buffer, offset, numberOffset)
                        : space.unprotectHeader(buffer, offset, numberOffset);
        long packetNumber =
                PacketNumbers.decode(
                        PacketNumbers.read(buffer, numberOffset, numberLength),
                        numberLength,
                        space.acks().largestReceived() + 1);
        int payloadOffset = numberOffset + numberLength;
        int sealedLength = offset + header.packetLength() - payloadOffset;
        int payloadLength =
                early
                        ? space.openEarly(packetNumber, buffer, offset, payloadOffset, sealedLength)
                        : space.open(packetNumber, buffer, offset, payloadOffset, sealedLength);
        if (level == EncryptionLevel.ONE_RTT) {
            handshake
                    .keyUpdates()
                    .onPacket(
                            nowNs,
                            switching.current().rtt().ptoNs(ConnectionConfig.MAX_ACK_DELAY_NS));
        }
        if (payloadLength < 0 || space.acks().isDuplicate(packetNumber)) {
            drop(payloadLength < 0 ? DropReason.DECRYPTION_FAILURE : DropReason.DUPLICATE, nowNs);
            return;
        }
        if (firstFlight != null) {
            firstFlight.onAuthenticated();
        }
        if (level != EncryptionLevel.ONE_RTT) {
            handshake.onVersionAuthentic(header.version());
        }
        checkReservedBits(buffer[offset], level);
        adoptPeerId(buffer, level);
        Path path = paths.find(local, remote);
        boolean known = path != null;
        if (!known) {
            path =
                    level == EncryptionLevel.ONE_RTT
                                    && handshake.isConfirmed()
                                    && (!client || switching.isEnabled()) // RFC 9000 §9
                            ? addPath(local, remote, buffer, nowNs)
                            : null;
            if (path == null) {
                drop(DropReason.NO_PATH, nowNs);
                return; // no migration before the handshake is confirmed (RFC 9000 §9), nor without
                // an ID for it
            }
        }
        if (observer != ConnectionObserver.NONE) {
            observe(packetNumber, buffer, payloadOffset, payloadLength, nowNs);
        }
        if (!authenticated) {
            authenticated = true;
            path.onReceived(datagramLength, nowNs);
            switching.onReceived(path, nowNs);
        }
        if (level == EncryptionLevel.ONE_RTT) {
            localIds.onUsed(buffer, header.destinationIdOffset(), header.destinationIdLength());
        }
        handleFrames(space, path, known, buffer, payloadOffset, payloadLength, packetNumber, nowNs);
    }

    private Path addPath(
            InetSocketAddress local, InetSocketAddress remote, byte[] buffer, long nowNs) {
        Path current = switching.current();
        return localIds.wasUsedLast(
                        buffer, header.destinationIdOffset(), header.destinationIdLength())
                ? paths.addRebound(local, remote, current, nowNs)
                : paths.add(local, remote, false, current, nowNs);
    }

    private void drop(DropReason reason, long nowNs) {
        observer.onPacketDropped(header.type(), header.packetLength(), reason, nowNs);
    }

    private void observe(
            long packetNumber, byte[] buffer, int payloadOffset, int payloadLength, long nowNs) {
        boolean shortHeader = header.type() == PacketType.ONE_RTT;
        observer.onPacketReceived(
                new ObservedPacket(
                        header.type(),
                        shortHeader ? handshake.version().current() : header.version(),
                        packetNumber,
                        shortHeader && (buffer[header.packetOffset()] & KEY_PHASE_BIT) != 0,
                        ConnectionId.of(
                                buffer, header.destinationIdOffset(), header.destinationIdLength()),
                        shortHeader
                                ? null
                                : ConnectionId.of(
                                        buffer, header.sourceIdOffset(), header.sourceIdLength()),
                        header.packetLength(),
                        ecn,
                        buffer,
                        payloadOffset,
                        payloadLength),
                nowNs);
    }

    private void handleFrames(
            PacketNumberSpace space,
            Path path,
            boolean known,
            byte[] buffer,
            int payloadOffset,
            int payloadLength,
            long packetNumber,
            long nowNs) {
        PacketType type = header.type();
        boolean newest = packetNumber > space.acks().largestReceived();
        if (!client && type == PacketType.HANDSHAKE) {
            // Only the owner of the address can have read our Initial (RFC 9000 §8.1, RFC 9001
            // §4.9.1).
            path.trust();
            handshake.discard(EncryptionLevel.INITIAL);
        }
        dispatcher.in(
                space,
                path,
                buffer,
                header.destinationIdOffset(),
                header.destinationIdLength(),
                nowNs);
        frames.read(reader.wrap(buffer, payloadOffset, payloadLength), type, dispatcher);
        space.acks().onReceived(packetNumber, frames.ackEliciting(), ecn, nowNs);
        if ((!known || mayMoveToKnown(path)) && newest && !frames.probingOnly()) {
            switching.onMigration(path, nowNs);
        }
    }

    /**
     * Without Tern's extension a client moves between known addresses, too, by sending from them
     * (RFC 9000 §9.3); with it only PATH_SWITCH does.
     */
    private boolean mayMoveToKnown(Path path) {
        return !client && !switching.isEnabled() && path != switching.current();
    }

    private static EncryptionLevel levelOf(PacketType type) {
        if (type == null) {
            return null;
        }
        return switch (type) {
            case INITIAL -> EncryptionLevel.INITIAL;
            case HANDSHAKE -> EncryptionLevel.HANDSHAKE;
            case ONE_RTT -> EncryptionLevel.ONE_RTT;
            case ZERO_RTT -> EncryptionLevel.ZERO_RTT;
            case RETRY, VERSION_NEGOTIATION -> null;
        };
    }

    private boolean isForUs(byte[] buffer) {
        if (header.type() == PacketType.ONE_RTT) {
            return true;
        }
        boolean samePeer =
                !peerHandshakeIdAuthentic
                        || peerHandshakeId.matches(
                                buffer, header.sourceIdOffset(), header.sourceIdLength());
        return samePeer
                && handshake
                        .version()
                        .accepts(
                                header.version(),
                                header.type() == PacketType.INITIAL
                                        || header.type() == PacketType.ZERO_RTT);
    }

    private void adoptPeerId(byte[] buffer, EncryptionLevel level) {
        if (!peerHandshakeIdAuthentic && level != EncryptionLevel.ONE_RTT) {
            peerHandshakeIdAuthentic = true;
            peerHandshakeId =
                    ConnectionId.of(buffer, header.sourceIdOffset(), header.sourceIdLength());
        }
    }

    private static void checkReservedBits(byte first, EncryptionLevel level) {
        int reserved =
                level == EncryptionLevel.ONE_RTT
                        ? SHORT_HEADER_RESERVED_BITS
                        : LONG_HEADER_RESERVED_BITS;
        if ((first & reserved) != 0) {
            throw new TransportException(
                    TransportError.PROTOCOL_VIOLATION, "reserved header bits are not 0");
        }
    }
}
