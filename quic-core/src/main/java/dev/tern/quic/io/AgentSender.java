package dev.tern.quic.io;

import dev.tern.quic.connection.Transmit;
import dev.tern.quic.endpoint.DatagramNode;

import java.util.function.Consumer;

/** Takes datagrams from a node to the sockets that they leave from. Owned by one agent. */
final class AgentSender {
    /** How often a datagram is offered again where nothing tells that there is room. */
    private static final long RETRY_NS = 500_000L;

    /** A socket that is full for longer must not hold up others: its datagram is lost. */
    private static final long MAX_HOLD_NS = 5_000_000L;

    private final DatagramNode node;
    private final LocalSockets sockets;
    private final Consumer<UdpTransport> onGone;
    private final Transmit transmit = Transmit.ofTrains();
    private final TrainMemory trains = new TrainMemory();

    /** How many of the bytes at hand have been taken: the rest waits for room. */
    private int taken;

    private boolean held;
    private boolean unflushed;
    private boolean busy;
    private long heldSinceNs;

    /**
     * @param onGone told of a socket whose address is gone
     */
    AgentSender(DatagramNode node, LocalSockets sockets, Consumer<UdpTransport> onGone) {
        this.node = node;
        this.sockets = sockets;
        this.onGone = onGone;
    }

    /**
     * Sends at most {@code limit} datagrams, but that trains stay whole.
     *
     * @return how many have gone, or 1 where none has but a socket has room again: nobody will tell
     *     of that any more, so it is not the time to sleep
     */
    int send(int limit, long nowNs) {
        boolean waited = unflushed;
        int count = 0;
        busy = false;
        while (count < limit && (held || poll(nowNs))) {
            int before = taken;
            boolean all = offer(nowNs);
            count += datagramsBetween(before, taken);
            if (!all) {
                break;
            }
        }
        if (count > 0 || unflushed) {
            flush();
        }
        return count == 0 && waited && !unflushed ? 1 : count;
    }

    /** When to try again what must wait, if no socket will tell; never past the deadline given. */
    long wakeUpNs(long deadlineNs, long nowNs) {
        if (busy) {
            return Math.min(deadlineNs, nowNs + RETRY_NS);
        }
        boolean holdsUpOthers = held && sockets.size() > 1;
        return holdsUpOthers ? Math.min(deadlineNs, heldSinceNs + MAX_HOLD_NS) : deadlineNs;
    }

    private boolean poll(long nowNs) {
        if (!trains.hasRoom()) {
            flush();
            if (!trains.hasRoom()) {
                return false;
            }
        }
        if (sockets.takeTrains()) {
            trains.offer(transmit);
        } else {
            transmit.target(null, 0);
        }
        taken = 0;
        boolean polled = node.pollTransmit(transmit, nowNs);
        if (polled) {
            trains.keep(transmit);
        }
        return polled;
    }

    private int datagramsBetween(int from, int to) {
        int each = transmit.datagramBytes();
        return to == from + each ? 1 : (to - from + each - 1) / each;
    }

    /** Offers what is at hand to its socket; returns false if some of it must wait. */
    private boolean offer(long nowNs) {
        UdpTransport transport = sockets.at(transmit.local());
        if (transport == null) {
            held = false; // sent from an address that went down meanwhile
            taken = transmit.length();
            return true;
        }
        if (!transport.takesTrains()) {
            transmit.fetch();
        }
        while (taken < transmit.length()) {
            int left = transmit.length() - taken;
            boolean train = transmit.isInTarget();
            int length = train ? left : Math.min(left, transmit.datagramBytes());
            UdpTransport.Sent sent = train ? sendTrain(transport, length) : send(transport, length);
            busy |= sent == UdpTransport.Sent.BUSY;
            if (mustWait(sent) && mayHold(nowNs)) {
                return false;
            }
            held = false;
            taken += length;
            if (sent == UdpTransport.Sent.GONE) {
                taken = transmit.length();
                onGone.accept(transport);
            }
        }
        return true;
    }

    private UdpTransport.Sent send(UdpTransport transport, int length) {
        return transport.send(transmit.remote(), transmit.ecn(), transmit.buffer(), taken, length);
    }

    private UdpTransport.Sent sendTrain(UdpTransport transport, int length) {
        return transport.sendTrain(
                transmit.remote(),
                transmit.ecn(),
                transmit.target(),
                transmit.targetOffset() + taken,
                length,
                transmit.datagramBytes());
    }

    private static boolean mustWait(UdpTransport.Sent sent) {
        return sent == UdpTransport.Sent.FULL || sent == UdpTransport.Sent.BUSY;
    }

    private boolean mayHold(long nowNs) {
        if (!held) {
            held = true;
            heldSinceNs = nowNs;
        }
        return sockets.size() == 1 || nowNs - heldSinceNs < MAX_HOLD_NS;
    }

    /** A batch ends: what sockets have kept back goes now. */
    private void flush() {
        unflushed = false;
        for (int i = sockets.size() - 1; i >= 0; i--) { // a socket that is gone leaves the list
            UdpTransport transport = sockets.get(i);
            UdpTransport.Sent sent = transport.flush();
            busy |= sent == UdpTransport.Sent.BUSY;
            if (mustWait(sent)) {
                unflushed = true;
            } else if (sent == UdpTransport.Sent.GONE) {
                onGone.accept(transport);
            }
        }
        if (!unflushed && !held) { // what is held lies there, too
            trains.clear();
        }
    }
}
