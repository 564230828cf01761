package dev.tern.quic.observe;

import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.PacketType;

/**
 * A packet as its sender made it, or its receiver opened it.
 *
 * @param version of QUIC
 * @param keyPhase the Key Phase bit of a 1-RTT packet
 * @param destinationId whom the header names
 * @param sourceId in a long header; else null
 * @param packetBytes the whole packet, protected
 * @param ecn the two ECN bits of its datagram
 * @param buffer where the frames are, valid during the call only
 */
@SuppressWarnings("ArrayRecordComponent") // a place in a buffer, never compared
public record ObservedPacket(
        PacketType type,
        int version,
        long packetNumber,
        boolean keyPhase,
        ConnectionId destinationId,
        ConnectionId sourceId,
        int packetBytes,
        int ecn,
        byte[] buffer,
        int payloadOffset,
        int payloadLength) {}
