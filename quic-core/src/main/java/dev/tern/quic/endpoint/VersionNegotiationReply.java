package dev.tern.quic.endpoint;

import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.PacketHeader;
import dev.tern.quic.wire.VersionNegotiationPacket;

import java.util.List;

/** Answers a first packet of a version that this endpoint does not speak (RFC 9000 §6.1). */
final class VersionNegotiationReply {
    private VersionNegotiationReply() {}

    static byte[] to(PacketHeader header, byte[] packet, List<Integer> spoken) {
        int[] versions = spoken.stream().mapToInt(Integer::intValue).toArray();
        int size = VersionNegotiationPacket.size(header, versions.length);
        ByteWriter out = new ByteWriter().wrap(new byte[size], 0, size);
        VersionNegotiationPacket.encode(out, packet, header, versions);
        return out.array();
    }
}
