package dev.tern.quic.sim;

import dev.tern.quic.connection.Transmit;
import dev.tern.quic.endpoint.DatagramNode;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Sends what a test tells it to, notes what it hears, and answers if asked to. */
class EchoNode implements DatagramNode {
    /** A datagram heard. */
    record Heard(
            InetSocketAddress local, InetSocketAddress remote, String text, int ecn, long atNs) {}

    private record Outgoing(InetSocketAddress from, InetSocketAddress to, String text) {}

    final List<Heard> heard = new ArrayList<>();
    final List<String> events = new ArrayList<>();
    boolean echoes;
    long deadlineNs = Long.MAX_VALUE;
    private final Queue<Outgoing> outgoing = new ArrayDeque<>();

    void send(InetSocketAddress from, InetSocketAddress to, String text) {
        outgoing.add(new Outgoing(from, to, text));
    }

    List<String> texts() {
        return heard.stream().map(Heard::text).toList();
    }

    @Override
    public void onDatagram(
            InetSocketAddress local,
            InetSocketAddress remote,
            int ecn,
            byte[] buffer,
            int offset,
            int length,
            long nowNs) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) buffer[offset + i]);
            // Nodes unprotect in place: nobody else may see it.
            buffer[offset + i] = 0;
        }
        heard.add(new Heard(local, remote, text.toString(), ecn, nowNs));
        if (echoes) {
            send(local, remote, "re:" + text);
        }
    }

    @Override
    public boolean pollTransmit(Transmit transmit, long nowNs) {
        Outgoing next = outgoing.poll();
        if (next == null) {
            return false;
        }
        for (int i = 0; i < next.text().length(); i++) {
            transmit.buffer()[i] = (byte) next.text().charAt(i);
        }
        transmit.set(next.from(), next.to(), next.text().length(), 2);
        return true;
    }

    @Override
    public long nextDeadlineNs() {
        return deadlineNs;
    }

    @Override
    public void onTimeout(long nowNs) {
        events.add("timeout " + (nowNs - SimWorld.ORIGIN_NS));
        deadlineNs = Long.MAX_VALUE;
    }

    @Override
    public void onLocalAddressUp(InetSocketAddress local, long nowNs) {
        events.add("up " + local.getPort());
    }

    @Override
    public void onLocalAddressDown(InetSocketAddress local, long nowNs) {
        events.add("down " + local.getPort());
    }
}
