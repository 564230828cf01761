package dev.tern.quic.connection;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.crypto.PacketProtector;
import dev.tern.crypto.PacketTrain;
import dev.tern.quic.handshake.PacketNumberSpace;
import dev.tern.quic.handshake.VersionChoice;
import dev.tern.quic.observe.ConnectionObserver;
import dev.tern.quic.observe.ObservedPacket;
import dev.tern.quic.path.Path;
import dev.tern.quic.recovery.SentPacket;
import dev.tern.quic.recovery.SentPacketPool;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.PacketHeaderWriter;
import dev.tern.quic.wire.PacketNumbers;
import dev.tern.quic.wire.PacketType;

/**
 * Makes one packet at a time: header, then the frames that its caller writes between {@link #begin}
 * and {@link #end}, then padding and protection (RFC 9000 §17, RFC 9001 §5). Reused; not
 * thread-safe.
 */
final class PacketAssembler {
    /** Header protection samples 16 bytes, 4 behind the packet number's start (RFC 9001 §5.4.2). */
    private static final int MIN_NUMBER_AND_PAYLOAD_BYTES = 4;

    private static final int SMALLEST_PACKET_BYTES = 64;

    private final VersionChoice version;
    private final ConnectionId sourceId;
    private final SentPacketPool pool;
    private final ConnectionObserver observer;
    private final ByteWriter out = new ByteWriter();
    private byte[] token;
    private PacketTrain train;
    private PacketNumberSpace trainSpace;
    private PacketNumberSpace space;
    private ConnectionId destinationId;
    private SentPacket packet;
    private int start;
    private int lengthOffset;
    private int numberOffset;
    private int payloadOffset;
    private long packetNumber;

    PacketAssembler(
            VersionChoice version,
            ConnectionId sourceId,
            byte[] token,
            SentPacketPool pool,
            ConnectionObserver observer) {
        this.version = version;
        this.sourceId = sourceId;
        this.token = token;
        this.pool = pool;
        this.observer = observer;
    }

    /** What Initial packets carry from now on. */
    void token(byte[] newToken) {
        token = newToken;
    }

    /**
     * The 1-RTT packets from here to {@link #endTrain} are sealed together there.
     *
     * @param newTrain where to collect them; null to seal each by itself
     */
    void beginTrain(PacketTrain newTrain) {
        train = newTrain;
    }

    /**
     * Seals what was collected: to the target if that is all there is in the buffer, else in place.
     *
     * @param length of what is in the buffer
     */
    void endTrain(Transmit transmit, int length) {
        boolean toTarget = false;
        if (train != null && train.size() > 0) {
            toTarget = transmit.target() != null && train.spans(length);
            train.target(toTarget ? transmit.target() : null, transmit.targetOffset());
            trainSpace.seal(transmit.buffer(), train);
            train.clear();
        }
        train = null;
        transmit.inTarget(toTarget);
    }

    /**
     * Writes a header.
     *
     * @param limit the index behind the datagram's last usable byte
     * @return whether there is room for a packet
     */
    boolean begin(
            PacketNumberSpace ofSpace,
            ConnectionId destination,
            byte[] buffer,
            int offset,
            int limit) {
        if (limit - offset < SMALLEST_PACKET_BYTES) {
            return false;
        }
        space = ofSpace;
        destinationId = destination;
        packet = pool.take();
        start = offset;
        packetNumber = space.nextPacketNumber();
        int numberLength = PacketNumbers.encodedLength(packetNumber, space.largestAcked());
        out.wrap(buffer, offset, limit - offset - PacketProtector.TAG_BYTES);
        if (space.level() == EncryptionLevel.ONE_RTT && !space.sealsEarly()) {
            lengthOffset = -1;
            numberOffset =
                    PacketHeaderWriter.writeShort(
                            out, destination, space.keyPhase(), packetNumber, numberLength);
        } else {
            lengthOffset =
                    PacketHeaderWriter.writeLong(
                            out,
                            typeOf(space.level()),
                            version.current(),
                            destination,
                            sourceId,
                            token,
                            packetNumber,
                            numberLength);
            numberOffset = lengthOffset + PacketHeaderWriter.LENGTH_FIELD_BYTES;
        }
        payloadOffset = out.position();
        return true;
    }

    private static PacketType typeOf(EncryptionLevel level) {
        return switch (level) {
            case INITIAL -> PacketType.INITIAL;
            case HANDSHAKE -> PacketType.HANDSHAKE;
            case ZERO_RTT, ONE_RTT -> PacketType.ZERO_RTT; // a long header, so without 1-RTT keys
        };
    }

    /** Where frames go. */
    ByteWriter out() {
        return out;
    }

    /** What keeps account of them. */
    SentPacket packet() {
        return packet;
    }

    boolean isEmpty() {
        return out.position() == payloadOffset;
    }

    /** Drops what {@link #begin} began. */
    void abandon() {
        pool.release(packet);
        packet = null;
    }

    /**
     * Pads, seals and accounts for the packet.
     *
     * @param padTo the index up to which to fill with PADDING; no more than the limit
     * @return the index behind the packet
     */
    int end(Path path, int padTo, boolean applicationLimited, long nowNs) {
        int fill =
                Math.max(
                        padTo - PacketProtector.TAG_BYTES,
                        numberOffset + MIN_NUMBER_AND_PAYLOAD_BYTES);
        if (fill > out.position()) {
            out.writeZeros(Math.min(fill, out.limit()) - out.position());
        }
        int payloadLength = out.position() - payloadOffset;
        byte[] buffer = out.array();
        int end = out.position() + PacketProtector.TAG_BYTES;
        if (lengthOffset >= 0) {
            PacketHeaderWriter.setLength(buffer, lengthOffset, end - numberOffset);
        }
        if (observer != ConnectionObserver.NONE) {
            observe(path, end - start, payloadLength, nowNs);
        }
        if (train != null && space.sealsTrains()) {
            trainSpace = space;
            train.add(packetNumber, start, numberOffset, payloadOffset, payloadLength);
        } else {
            space.seal(packetNumber, buffer, start, numberOffset, payloadOffset, payloadLength);
        }
        space.takePacketNumber();
        if (path.ecnCodepoint() != 0) {
            packet.markEcn();
            space.ecn().onMarkedSent();
        }
        path.onPacketSent(
                space.level(), packet, packetNumber, end - start, applicationLimited, nowNs);
        packet = null;
        return end;
    }

    private void observe(Path path, int packetBytes, int payloadLength, long nowNs) {
        boolean shortHeader = lengthOffset < 0;
        observer.onPacketSent(
                new ObservedPacket(
                        shortHeader ? PacketType.ONE_RTT : typeOf(space.level()),
                        version.current(),
                        packetNumber,
                        shortHeader && space.keyPhase(),
                        destinationId,
                        shortHeader ? null : sourceId,
                        packetBytes,
                        path.ecnCodepoint(),
                        out.array(),
                        payloadOffset,
                        payloadLength),
                nowNs);
    }
}
