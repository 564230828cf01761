package dev.tern.quic.connection;

import dev.tern.quic.sim.SimElement;
import dev.tern.quic.sim.SimExit;
import dev.tern.quic.sim.SimPacket;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.PacketHeader;
import dev.tern.quic.wire.PacketType;
import dev.tern.quic.wire.VersionNegotiationPacket;

/**
 * Sees the client's first packets and answers them with Version Negotiation, faster than anyone.
 */
final class VersionForger implements SimElement {
    private final PacketHeader header = new PacketHeader();
    private int version;
    private int[] offered = {};
    private boolean guessing;
    private long waitNs;
    private int offers;

    /** Answers Initial packets of one version, and lets them pass. */
    void offerInsteadOf(int seen, int... versions) {
        version = seen;
        offered = versions;
    }

    /** Does not know the ID that the client called the server by. */
    void guessIds() {
        guessing = true;
    }

    /** How much later the answer comes than the packet. */
    void waitNs(long ns) {
        waitNs = ns;
    }

    int offers() {
        return offers;
    }

    @Override
    public void onOutbound(SimPacket packet, long nowNs, SimExit exit) {
        byte[] bytes = packet.payload();
        boolean initial =
                header.parse(bytes, 0, bytes.length, PacketHeader.SELF_DESCRIBED)
                        && header.type() == PacketType.INITIAL
                        && header.version() == version;
        if (initial && offered.length > 0) {
            offers++;
            if (guessing) {
                bytes[header.destinationIdOffset()] ^= 1;
            }
            int size = VersionNegotiationPacket.size(header, offered.length);
            ByteWriter out = new ByteWriter().wrap(new byte[size], 0, size);
            VersionNegotiationPacket.encode(out, bytes, header, offered);
            exit.inward(new SimPacket(packet.to(), packet.from(), out.array(), 0), waitNs);
        }
        exit.outward(packet, 0);
    }

    @Override
    public void onInbound(SimPacket packet, long nowNs, SimExit exit) {
        exit.inward(packet, 0);
    }
}
