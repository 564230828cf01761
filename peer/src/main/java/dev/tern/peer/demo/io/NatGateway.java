package dev.tern.peer.demo.io;

import dev.tern.nat.emulator.ExternalPorts;
import dev.tern.nat.emulator.NatKind;
import dev.tern.nat.emulator.NatModel;
import dev.tern.quic.io.TunnelHeader;
import dev.tern.quic.sim.LinkLane;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * One NAT between real sockets: the peer behind it sends everything to the inside socket with the
 * far address in front; every external port of the NAT is a real socket. Owned by the thread of its
 * {@link NatWorld}.
 */
public final class NatGateway implements ExternalPorts {
    static final int MAX_HEADER_BYTES = 4 + 16 + 2;

    private final NatWorld world;
    private final NatModel model;
    private final DatagramChannel inside;
    private final InetAddress publicAddress;
    private final Map<Integer, DatagramChannel> external = new HashMap<>();
    private final LinkLane up;
    private final LinkLane down;
    private volatile boolean dead;
    private long passedToRelay;
    private long passedDirect;

    NatGateway(
            NatWorld world,
            NatKind kind,
            InetAddress publicAddress,
            LinkSettings link,
            RandomGenerator random)
            throws IOException {
        this.world = world;
        this.publicAddress = publicAddress;
        // Without a NAT an open one stands in: the peer has no way out of its own.
        this.model =
                new NatModel(kind == NatKind.NONE ? NatKind.FULL_CONE : kind, publicAddress, this);
        this.inside = world.open(LoopbackAddresses.numbered(0), this, -1);
        this.up = link.newUplink(random);
        this.down = link.newDownlink(random);
    }

    /** Where the peer behind this NAT sends its datagrams. */
    public InetSocketAddress insideAddress() {
        return address(inside);
    }

    /** From now on nothing passes, not even what is on its way. */
    public void die() {
        dead = true;
    }

    /** Datagrams that went out towards the relay. */
    public long passedToRelay() {
        return passedToRelay;
    }

    /** Datagrams that went out towards anywhere else. */
    public long passedDirect() {
        return passedDirect;
    }

    @Override
    public int allocate() {
        try {
            DatagramChannel channel = world.open(publicAddress, this, 0);
            int port = address(channel).getPort();
            external.put(port, channel);
            return port;
        } catch (IOException e) {
            return NONE_LEFT;
        }
    }

    @Override
    public void release(int port) {
        NatWorld.closeQuietly(external.remove(port));
    }

    /** Reads a datagram from one of this NAT's sockets; returns whether there was one. */
    boolean onReadable(DatagramChannel channel, boolean isInside, ByteBuffer buffer, long nowNs)
            throws IOException {
        InetSocketAddress from = (InetSocketAddress) channel.receive(buffer.clear());
        if (from == null) {
            return false;
        }
        if (dead) {
            return true;
        }
        buffer.flip();
        if (isInside) {
            onOutbound(from, buffer, nowNs);
        } else {
            onInbound(address(channel).getPort(), from, buffer, nowNs);
        }
        return true;
    }

    private void onOutbound(InetSocketAddress from, ByteBuffer buffer, long nowNs) {
        int headerBytes =
                TunnelHeader.length(buffer.array(), buffer.arrayOffset(), buffer.remaining());
        InetSocketAddress far =
                headerBytes < 0 ? null : TunnelHeader.address(buffer.array(), buffer.arrayOffset());
        InetSocketAddress mapped = far == null ? null : model.outbound(from, far, nowNs);
        long delayNs =
                mapped == null
                        ? LinkLane.DROPPED
                        : up.enter(buffer.remaining() - headerBytes, nowNs);
        if (delayNs == LinkLane.DROPPED) {
            return;
        }
        if (world.isRelay(far)) {
            passedToRelay++;
        } else {
            passedDirect++;
        }
        world.schedule(
                this,
                external.get(mapped.getPort()),
                far,
                world.copy(buffer.position(headerBytes), 0),
                nowNs + delayNs);
    }

    private void onInbound(int port, InetSocketAddress far, ByteBuffer buffer, long nowNs) {
        InetSocketAddress to = model.inbound(port, far, nowNs);
        long delayNs = to == null ? LinkLane.DROPPED : down.enter(buffer.remaining(), nowNs);
        if (delayNs == LinkLane.DROPPED) {
            return;
        }
        byte[] header = new byte[MAX_HEADER_BYTES];
        int headerBytes = TunnelHeader.write(far, header, 0);
        ByteBuffer tunnelled =
                world.copy(buffer, headerBytes).put(0, header, 0, headerBytes).position(0);
        world.schedule(this, inside, to, tunnelled, nowNs + delayNs);
    }

    boolean isDead() {
        return dead;
    }

    void close() {
        NatWorld.closeQuietly(inside);
        external.values().forEach(NatWorld::closeQuietly);
    }

    private static InetSocketAddress address(DatagramChannel channel) {
        try {
            return (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException e) {
            throw new IllegalStateException("a socket of the demo's NAT closed by itself", e);
        }
    }

    /** Which gateway a selection key belongs to, and whether it is the inside socket. */
    record Attachment(NatGateway gateway, boolean isInside) {
        static void attach(SelectionKey key, NatGateway gateway, int port) {
            key.attach(new Attachment(gateway, port < 0));
        }
    }
}
