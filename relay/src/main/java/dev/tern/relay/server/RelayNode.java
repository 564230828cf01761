package dev.tern.relay.server;

import dev.tern.quic.endpoint.DatagramNode;
import dev.tern.quic.endpoint.Transmit;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** The relay. Owned by one agent; not thread-safe. */
public final class RelayNode implements DatagramNode {
    /**
     * @param tlsRandom all randomness of the handshakes
     * @param random for connection IDs and challenges
     */
    public RelayNode(
            RelayConfig config, SecureRandom tlsRandom, RandomGenerator random, long nowNs) {}

    @Override
    public void onDatagram(
            InetSocketAddress local,
            InetSocketAddress remote,
            int ecn,
            byte[] buffer,
            int offset,
            int length,
            long nowNs) {}

    @Override
    public boolean pollTransmit(Transmit transmit, long nowNs) {
        return false;
    }

    @Override
    public long nextDeadlineNs() {
        return Long.MAX_VALUE;
    }

    @Override
    public void onTimeout(long nowNs) {}
}
