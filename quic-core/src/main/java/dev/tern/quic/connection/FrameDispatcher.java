package dev.tern.quic.connection;

import dev.tern.quic.cid.LocalConnectionIds;
import dev.tern.quic.cid.PeerConnectionIds;
import dev.tern.quic.frame.FrameHandler;
import dev.tern.quic.handshake.Handshake;
import dev.tern.quic.handshake.PacketNumberSpace;
import dev.tern.quic.path.Path;
import dev.tern.quic.path.PathSwitching;
import dev.tern.quic.path.Paths;
import dev.tern.quic.recovery.EcnFeedback;
import dev.tern.quic.stream.StreamTable;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.StatelessResetToken;
import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;

import java.net.InetSocketAddress;
import java.util.Arrays;

/** Takes each frame of an authenticated packet to the part whose business it is. */
final class FrameDispatcher implements FrameHandler {
    private static final int MAX_ACK_DELAY_SHIFT = 20;
    private static final long NS_PER_US = 1000;

    /** What max_ack_delay can say at most, 2^14 ms (RFC 9000 §18.2). */
    private static final long MAX_REQUESTED_ACK_DELAY_US = (1L << 14) * 1000;

    private final boolean client;
    private final Handshake handshake;
    private final StreamTable streams;
    private final Paths paths;
    private final PathSwitching switching;
    private final LocalConnectionIds localIds;
    private final PeerConnectionIds peerIds;
    private final DatagramSource datagrams;
    private final ConnectionEvents events;
    private int peerAckDelayExponent = ConnectionConfig.ACK_DELAY_EXPONENT;

    // The packet being read.
    private PacketNumberSpace space;
    private Path path;
    private byte[] packet;
    private int destinationIdOffset;
    private int destinationIdLength;
    private long nowNs;
    private long ackLargest;
    private long ackDelayNs;

    FrameDispatcher(
            boolean client,
            Handshake handshake,
            StreamTable streams,
            Paths paths,
            PathSwitching switching,
            LocalConnectionIds localIds,
            PeerConnectionIds peerIds,
            DatagramSource datagrams,
            ConnectionEvents events) {
        this.datagrams = datagrams;
        this.client = client;
        this.handshake = handshake;
        this.streams = streams;
        this.paths = paths;
        this.switching = switching;
        this.localIds = localIds;
        this.peerIds = peerIds;
        this.events = events;
    }

    void peerAckDelayExponent(int exponent) {
        peerAckDelayExponent = exponent;
    }

    /** Says which packet the next frames are from. */
    FrameDispatcher in(
            PacketNumberSpace packetSpace,
            Path arrivedOn,
            byte[] buffer,
            int idOffset,
            int idLength,
            long atNs) {
        space = packetSpace;
        path = arrivedOn;
        packet = buffer;
        destinationIdOffset = idOffset;
        destinationIdLength = idLength;
        nowNs = atNs;
        return this;
    }

    @Override
    public void onPadding(int length) {}

    @Override
    public void onPing() {}

    @Override
    public void onAckBegin(long largestAcknowledged, long scaledAckDelay) {
        if (largestAcknowledged >= space.nextPacketNumber()) {
            throw new TransportException(
                    TransportError.PROTOCOL_VIOLATION,
                    "ACK of packet " + largestAcknowledged + ", which was never sent");
        }
        ackLargest = largestAcknowledged;
        long boundedDelay = Math.min(scaledAckDelay, 1L << MAX_ACK_DELAY_SHIFT);
        ackDelayNs = (boundedDelay << peerAckDelayExponent) * 1000;
    }

    @Override
    public void onAckRange(long smallest, long largest) {
        space.checkAckRange(smallest, largest);
        for (int i = 0; i < paths.count(); i++) {
            paths.at(i).loss().onAckRange(space.level(), smallest, largest);
        }
    }

    @Override
    public void onAckEnd(long ect0, long ect1, long ce) {
        space.onAcked(ackLargest);
        EcnFeedback.Verdict marks =
                space.ecn().onAck(ackLargest, ect0, ect1, ce, paths.newlyAckedMarked());
        for (int i = 0; i < paths.count(); i++) {
            Path each = paths.at(i);
            each.onEcnFeedback(marks);
            each.loss()
                    .onAckEnd(
                            space.level(),
                            ackLargest,
                            ackDelayNs,
                            each == path,
                            space.nextPacketNumber(),
                            nowNs);
        }
    }

    @Override
    public void onResetStream(long streamId, long errorCode, long finalSize) {
        streams.onResetStream(streamId, errorCode, finalSize);
    }

    @Override
    public void onStopSending(long streamId, long errorCode) {
        streams.onStopSending(streamId, errorCode);
    }

    @Override
    public void onCrypto(long streamOffset, byte[] buffer, int offset, int length) {
        handshake.onCrypto(space.level(), streamOffset, buffer, offset, length);
    }

    @Override
    public void onNewToken(byte[] buffer, int offset, int length) {
        if (!client) {
            throw new TransportException(
                    TransportError.PROTOCOL_VIOLATION, "NEW_TOKEN from a client");
        }
        events.onNewToken(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    @Override
    public void onStream(
            long streamId, long streamOffset, byte[] buffer, int offset, int length, boolean fin) {
        streams.onStream(streamId, streamOffset, buffer, offset, length, fin);
    }

    @Override
    public void onMaxData(long maximumBytes) {
        streams.onMaxData(maximumBytes);
    }

    @Override
    public void onMaxStreamData(long streamId, long maximumBytes) {
        streams.onMaxStreamData(streamId, maximumBytes);
    }

    @Override
    public void onMaxStreams(boolean bidirectional, long maximumStreams) {
        streams.onMaxStreams(bidirectional, maximumStreams);
    }

    @Override
    public void onDataBlocked(long limitBytes) {}

    @Override
    public void onStreamDataBlocked(long streamId, long limitBytes) {
        streams.onStreamDataBlocked(streamId, limitBytes);
    }

    @Override
    public void onStreamsBlocked(boolean bidirectional, long limitStreams) {}

    @Override
    public void onNewConnectionId(
            long sequence,
            long retirePriorTo,
            byte[] buffer,
            int idOffset,
            int idLength,
            int tokenOffset) {
        onIssued(null, sequence, retirePriorTo, buffer, idOffset, idLength, tokenOffset);
    }

    private void onIssued(
            InetSocketAddress relay,
            long sequence,
            long retirePriorTo,
            byte[] buffer,
            int idOffset,
            int idLength,
            int tokenOffset) {
        peerIds.onIssued(
                relay,
                sequence,
                retirePriorTo,
                ConnectionId.of(buffer, idOffset, idLength),
                StatelessResetToken.of(buffer, tokenOffset));
        paths.replaceWithdrawnIds();
        events.onPeerIdsIssued(nowNs);
    }

    @Override
    public void onRetireConnectionId(long sequence) {
        localIds.onRetired(sequence, packet, destinationIdOffset, destinationIdLength);
    }

    @Override
    public void onPathChallenge(long data) {
        paths.onChallenge(path, data, nowNs);
    }

    @Override
    public void onPathResponse(long data) {
        paths.onResponse(path, data, nowNs);
    }

    @Override
    public void onConnectionClose(
            boolean application,
            long errorCode,
            long frameType,
            byte[] buffer,
            int reasonOffset,
            int reasonLength) {
        events.onPeerClose(
                application,
                errorCode,
                ReasonPhrase.read(buffer, reasonOffset, reasonLength),
                nowNs);
    }

    @Override
    public void onHandshakeDone() {
        if (!client) {
            throw new TransportException(
                    TransportError.PROTOCOL_VIOLATION, "HANDSHAKE_DONE from a client");
        }
        handshake.confirm();
    }

    @Override
    public void onImmediateAck() {
        space.acks().acknowledgeNow();
    }

    @Override
    public void onAckFrequency(
            long sequence, long ackElicitingThreshold, long maxAckDelayUs, long reordering) {
        if (maxAckDelayUs < ConnectionConfig.MIN_ACK_DELAY_NS / NS_PER_US
                || maxAckDelayUs > MAX_REQUESTED_ACK_DELAY_US) {
            throw new TransportException(
                    TransportError.PROTOCOL_VIOLATION,
                    "ACK_FREQUENCY: no ACK can wait for " + maxAckDelayUs + " us");
        }
        space.acks()
                .onFrequencyRequest(
                        sequence, ackElicitingThreshold, maxAckDelayUs * NS_PER_US, reordering);
    }

    @Override
    public void onDatagram(byte[] buffer, int offset, int length) {
        datagrams.onReceived(length);
        events.onDatagram(buffer, offset, length, nowNs);
    }

    @Override
    public void onObservedAddress(long sequence, InetSocketAddress address) {
        paths.onObservedAddress(path, address, nowNs);
    }

    @Override
    public void onAddAddress(long sequence, InetSocketAddress address) {
        events.onPeerAddress(sequence, address, nowNs);
    }

    @Override
    public void onPunchMeNow(long round, long pairedWithSequence, InetSocketAddress address) {
        events.onPunchMeNow(round, pairedWithSequence, address, nowNs);
    }

    @Override
    public void onRemoveAddress(long sequence) {
        events.onPeerAddressRemoved(sequence, nowNs);
    }

    @Override
    public void onPathSwitch(long epoch, long reason) {
        requireMobile("PATH_SWITCH");
        switching.onPathSwitch(path, epoch, reason, nowNs);
        space.acks().acknowledgeNow();
    }

    @Override
    public void onRoutableConnectionId(
            InetSocketAddress relay,
            long sequence,
            long retirePriorTo,
            byte[] buffer,
            int idOffset,
            int idLength,
            int tokenOffset) {
        requireMobile("ROUTABLE_CONNECTION_ID");
        onIssued(relay, sequence, retirePriorTo, buffer, idOffset, idLength, tokenOffset);
    }

    private void requireMobile(String frame) {
        if (!switching.isEnabled()) {
            throw new TransportException(
                    TransportError.PROTOCOL_VIOLATION,
                    frame + ", though the extension was not negotiated");
        }
    }
}
