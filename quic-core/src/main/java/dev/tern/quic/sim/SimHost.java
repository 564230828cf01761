package dev.tern.quic.sim;

import dev.tern.quic.connection.Transmit;
import dev.tern.quic.endpoint.DatagramNode;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * A node and the addresses it has in the simulated network. Addresses come and go while the world
 * runs; packets in flight to or from an address that goes are lost with it.
 */
public final class SimHost {
    /** A node that still has something to send after this many is stuck in a loop. */
    private static final int MAX_TRANSMITS_AT_ONCE = 100_000;

    /** A node whose deadline is still due after this many calls at one instant is stuck. */
    private static final int MAX_TIMEOUTS_AT_ONCE = 1_000;

    private static final int BYTES_BEFORE = 61;

    private final SimNetwork network;
    private final DatagramNode node;
    private final List<SimAttachment> attachments = new ArrayList<>();
    private final Transmit transmit = Transmit.ofTrains();
    private byte[] received = new byte[BYTES_BEFORE + Transmit.CAPACITY_BYTES];
    private long armedDeadlineNs = Long.MAX_VALUE;
    private long lastTimeoutNs;
    private int timeoutsAtOnce;

    SimHost(SimNetwork network, DatagramNode node) {
        this.network = network;
        this.node = node;
    }

    /**
     * Gives the node an address from now on, and tells it.
     *
     * @param path what packets pass between this address and the core, the host's end first
     */
    public SimHost up(InetSocketAddress local, SimElement... path) {
        if (attachment(local) != null) {
            throw new IllegalStateException(local + " is up already");
        }
        SimAttachment attachment = new SimAttachment(this, local, List.of(path));
        attachments.add(attachment);
        network.attach(attachment);
        node.onEcnUsable(local);
        node.onLocalAddressUp(local, network.world().nowNs());
        drain();
        return this;
    }

    /** Takes an address from the node, and tells it at once. */
    public void down(InetSocketAddress local) {
        SimAttachment attachment = require(local);
        attachment.goDown();
        attachments.remove(attachment);
        network.detach(attachment);
        node.onLocalAddressDown(local, network.world().nowNs());
        drain();
    }

    /** An address stops working, and nobody tells the node: silent death. */
    public void cut(InetSocketAddress local) {
        SimAttachment attachment = require(local);
        attachment.goDown();
        network.detach(attachment);
    }

    private SimAttachment require(InetSocketAddress local) {
        SimAttachment attachment = attachment(local);
        if (attachment == null) {
            throw new IllegalStateException(local + " is not up");
        }
        return attachment;
    }

    private SimAttachment attachment(InetSocketAddress local) {
        for (SimAttachment attachment : attachments) {
            if (attachment.local().equals(local)) {
                return attachment;
            }
        }
        return null;
    }

    void deliver(InetSocketAddress local, SimPacket packet) {
        // In the middle of other bytes, as from a socket that receives many datagrams at once.
        byte[] payload = packet.payload();
        if (BYTES_BEFORE + payload.length > received.length) {
            received = new byte[BYTES_BEFORE + payload.length];
        }
        System.arraycopy(payload, 0, received, BYTES_BEFORE, payload.length);
        node.onDatagram(
                local,
                packet.from(),
                packet.ecn(),
                received,
                BYTES_BEFORE,
                payload.length,
                network.world().nowNs());
        drain();
    }

    /** Sends all that the node has to send, then waits for its next deadline. */
    void drain() {
        long nowNs = network.world().nowNs();
        for (int i = 0; node.pollTransmit(transmit, nowNs); i++) {
            if (i == MAX_TRANSMITS_AT_ONCE) {
                throw new IllegalStateException(node + " sends without end at " + nowNs);
            }
            for (int sent = 0; sent < transmit.length(); sent += transmit.datagramBytes()) {
                send(sent, nowNs);
            }
        }
        arm();
    }

    private void send(int offset, long nowNs) {
        int length = Math.min(transmit.datagramBytes(), transmit.length() - offset);
        byte[] payload = new byte[length];
        System.arraycopy(transmit.buffer(), offset, payload, 0, length);
        SimPacket packet =
                new SimPacket(transmit.local(), transmit.remote(), payload, transmit.ecn());
        network.observe(SimObserver.Event.SENT, packet);
        SimAttachment attachment = attachment(transmit.local());
        if (attachment == null) {
            network.observe(SimObserver.Event.UNROUTABLE, packet);
        } else {
            network.leave(attachment, packet, nowNs);
        }
    }

    private void arm() {
        long deadlineNs = node.nextDeadlineNs();
        if (deadlineNs == armedDeadlineNs) {
            return;
        }
        armedDeadlineNs = deadlineNs;
        if (deadlineNs != Long.MAX_VALUE) {
            network.world().schedule(deadlineNs, () -> onDeadline(deadlineNs));
        }
    }

    private void onDeadline(long deadlineNs) {
        if (deadlineNs != armedDeadlineNs) {
            return;
        }
        armedDeadlineNs = Long.MAX_VALUE;
        long nowNs = network.world().nowNs();
        timeoutsAtOnce = nowNs == lastTimeoutNs ? timeoutsAtOnce + 1 : 0;
        lastTimeoutNs = nowNs;
        if (timeoutsAtOnce > MAX_TIMEOUTS_AT_ONCE) {
            throw new IllegalStateException(node + " makes no progress at " + nowNs);
        }
        node.onTimeout(nowNs);
        drain();
    }
}
