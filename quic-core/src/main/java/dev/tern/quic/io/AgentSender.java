package dev.tern.quic.io;

import dev.tern.quic.connection.Transmit;
import dev.tern.quic.endpoint.DatagramNode;

import java.util.function.Consumer;

/** Takes datagrams from a node to the sockets that they leave from. Owned by one agent. */
final class AgentSender {
    /** How often a datagram is offered again to a socket that was full. */
    private static final long RETRY_NS = 500_000L;

    /** A socket that is full for longer must not hold up the others: its datagram is lost. */
    private static final long MAX_HOLD_NS = 5_000_000L;

    private final DatagramNode node;
    private final LocalSockets sockets;
    private final Consumer<UdpTransport> onGone;
    private final Transmit transmit = new Transmit();
    private boolean held;
    private boolean unflushed;
    private long heldSinceNs;

    /**
     * @param onGone told of a socket whose address is gone
     */
    AgentSender(DatagramNode node, LocalSockets sockets, Consumer<UdpTransport> onGone) {
        this.node = node;
        this.sockets = sockets;
        this.onGone = onGone;
    }

    /** Sends at most {@code limit} datagrams; returns how many have gone. */
    int send(int limit, long nowNs) {
        int count = 0;
        while (count < limit && (held || node.pollTransmit(transmit, nowNs))) {
            if (!offer(nowNs)) {
                break;
            }
            count++;
        }
        if (count > 0 || unflushed) {
            flush();
        }
        return count;
    }

    /** When to try again, if a socket is full; never past the deadline given. */
    long wakeUpNs(long deadlineNs, long nowNs) {
        return held || unflushed ? Math.min(deadlineNs, nowNs + RETRY_NS) : deadlineNs;
    }

    /** Offers the datagram at hand to its socket; returns false if it must wait. */
    private boolean offer(long nowNs) {
        UdpTransport transport = sockets.at(transmit.local());
        if (transport == null) {
            held = false; // sent from an address that went down meanwhile
            return true;
        }
        UdpTransport.Sent sent =
                transport.send(
                        transmit.remote(), transmit.ecn(), transmit.buffer(), 0, transmit.length());
        if (sent == UdpTransport.Sent.FULL && mayHold(nowNs)) {
            return false;
        }
        held = false;
        if (sent == UdpTransport.Sent.GONE) {
            onGone.accept(transport);
        }
        return true;
    }

    private boolean mayHold(long nowNs) {
        if (!held) {
            held = true;
            heldSinceNs = nowNs;
        }
        return nowNs - heldSinceNs < MAX_HOLD_NS;
    }

    /** A batch ends: what sockets have kept back goes now. */
    private void flush() {
        unflushed = false;
        for (int i = sockets.size() - 1; i >= 0; i--) { // a socket that is gone leaves the list
            UdpTransport transport = sockets.get(i);
            UdpTransport.Sent sent = transport.flush();
            if (sent == UdpTransport.Sent.FULL) {
                unflushed = true;
            } else if (sent == UdpTransport.Sent.GONE) {
                onGone.accept(transport);
            }
        }
    }
}
