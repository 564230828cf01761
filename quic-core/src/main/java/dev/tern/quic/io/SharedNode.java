package dev.tern.quic.io;

import dev.tern.quic.cid.AgentIds;
import dev.tern.quic.connection.Transmit;
import dev.tern.quic.endpoint.DatagramNode;
import dev.tern.quic.endpoint.Endpoint;
import dev.tern.quic.path.IcmpError;
import dev.tern.quic.wire.PacketHeader;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An endpoint whose port other endpoints share, each with its own agent and socket. The kernel
 * gives a datagram to the socket that follows from its addresses; that is the wrong one when a
 * client has moved, and for most answers to those who dial. So a packet is passed on to the agent
 * that made its connection ID. A client's first packets carry an ID that the client chose: whoever
 * gets them keeps them, and the connection that they begin.
 */
final class SharedNode implements DatagramNode {
    private final Endpoint endpoint;
    private final AgentIds ids;
    private final int agent;
    private final HandoverRing[] rings;
    private final AtomicLong passedOn;
    private final PacketHeader header = new PacketHeader();

    /**
     * @param agent our number
     * @param rings where each agent takes in what others pass on
     * @param passedOn counts what all agents pass on
     */
    SharedNode(
            Endpoint endpoint, AgentIds ids, int agent, HandoverRing[] rings, AtomicLong passedOn) {
        this.endpoint = endpoint;
        this.ids = ids;
        this.agent = agent;
        this.rings = rings;
        this.passedOn = passedOn;
    }

    @Override
    public void onDatagram(
            InetSocketAddress local,
            InetSocketAddress remote,
            int ecn,
            byte[] buffer,
            int offset,
            int length,
            long atNs) {
        int owner = ownerOf(buffer, offset, length);
        if (owner == agent) {
            endpoint.onDatagram(local, remote, ecn, buffer, offset, length, atNs);
        } else if (rings[owner].offer(local, remote, ecn, buffer, offset, length)) {
            passedOn.incrementAndGet();
        }
    }

    private int ownerOf(byte[] buffer, int offset, int length) {
        if (!header.parse(buffer, offset, length, PacketHeader.SELF_DESCRIBED)) {
            return agent;
        }
        int idOffset = header.destinationIdOffset();
        int idLength = header.destinationIdLength();
        int maker = ids.agentOf(buffer, idOffset, idLength);
        return maker < 0 || maker == agent || endpoint.knows(buffer, idOffset, idLength)
                ? agent
                : maker;
    }

    /** Of a packet that another agent sent nothing comes of it: it is but a hint. */
    @Override
    public void onIcmpError(
            InetSocketAddress local,
            InetSocketAddress remote,
            IcmpError error,
            byte[] quoted,
            int offset,
            int length,
            long atNs) {
        endpoint.onIcmpError(local, remote, error, quoted, offset, length, atNs);
    }

    @Override
    public boolean pollTransmit(Transmit transmit, long atNs) {
        return endpoint.pollTransmit(transmit, atNs);
    }

    @Override
    public long nextDeadlineNs() {
        return endpoint.nextDeadlineNs();
    }

    @Override
    public void onTimeout(long atNs) {
        endpoint.onTimeout(atNs);
    }

    @Override
    public void onEcnUsable(InetSocketAddress local) {
        endpoint.onEcnUsable(local);
    }

    @Override
    public void onLocalAddressUp(InetSocketAddress local, long atNs) {
        endpoint.onLocalAddressUp(local, atNs);
    }

    @Override
    public void onLocalAddressDown(InetSocketAddress local, long atNs) {
        endpoint.onLocalAddressDown(local, atNs);
    }
}
