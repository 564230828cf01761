package dev.tern.quic.endpoint;

import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.PacketHeader;
import dev.tern.quic.wire.VersionNegotiationPacket;
import dev.tern.quic.wire.Versions;

/** Answers a first packet of a version that this endpoint does not speak (RFC 9000 §6.1). */
final class VersionNegotiationReply {
    private static final int[] SPOKEN = {Versions.V1, Versions.V2};

    private VersionNegotiationReply() {}

    static byte[] to(PacketHeader header, byte[] packet) {
        int size = VersionNegotiationPacket.size(header, SPOKEN.length);
        ByteWriter out = new ByteWriter().wrap(new byte[size], 0, size);
        VersionNegotiationPacket.encode(out, packet, header, SPOKEN);
        return out.array();
    }
}
