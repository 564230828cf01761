package dev.tern.relay.server;

import dev.tern.crypto.identity.PeerVerifiers;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.quic.buf.DatagramQueue;
import dev.tern.quic.connection.ConnectionConfig;
import dev.tern.quic.connection.ConnectionWaker;
import dev.tern.quic.connection.Transmit;
import dev.tern.quic.endpoint.Acceptor;
import dev.tern.quic.endpoint.DatagramNode;
import dev.tern.quic.endpoint.Endpoint;
import dev.tern.quic.wire.Versions;
import dev.tern.relay.control.ControlConnection;
import dev.tern.relay.control.ControlError;
import dev.tern.relay.control.ControlMessage;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The relay: forwards datagrams by their connection ID, and serves the control connections by which
 * peers register (DESIGN §4). Owned by one agent; not thread-safe.
 */
public final class RelayNode implements DatagramNode {
    /** What an agent can take in before it sends again, many times over. */
    private static final int QUEUE_SLOTS = 4096;

    private final Registrations registrations = new Registrations();
    private final RelayIds ids;
    private final DestinationFilter filter;
    private final Forwarder forwarder;
    private final Endpoint endpoint;
    private final Reception reception;

    /**
     * @param tlsRandom all randomness of the handshakes
     * @param random for connection IDs and challenges
     */
    public RelayNode(
            RelayConfig config, SecureRandom tlsRandom, RandomGenerator random, long nowNs) {
        RelayKeys keys = new RelayKeys(config.secret());
        ids =
                new RelayIds(
                        keys,
                        config.relayId(),
                        config.idLifetimeMs(),
                        config.startUnixMs(),
                        random.nextLong(),
                        nowNs);
        filter = new DestinationFilter(config.allowLoopback(), config.neverForwardTo());
        endpoint =
                new Endpoint(
                        remote -> ids.mint(RelayIds.RELAY_TAG),
                        acceptor(config, tlsRandom),
                        ConnectionWaker.DIRECT,
                        random,
                        keys.resetKey());
        endpoint.acceptVersions(List.of(Versions.V1));
        forwarder =
                new Forwarder(
                        ids,
                        endpoint::knows,
                        registrations,
                        RegisteredPeer.bucket(config.totalBytesPerSecond(), nowNs),
                        new DatagramQueue(QUEUE_SLOTS, Forwarder.SLOT_BYTES));
        reception =
                new Reception(config, keys, ids, registrations, forwarder, filter, endpoint::wake);
    }

    private Acceptor acceptor(RelayConfig config, SecureRandom tlsRandom) {
        ConnectionConfig control =
                ControlConnection.config(
                        TlsConfig.mutualServer(
                                tlsRandom,
                                config.identity(),
                                PeerVerifiers.anyPeer(),
                                ControlConnection.PROTOCOL));
        return (local, remote, id, nowNs) ->
                new Acceptor.Accepted(control, new ControlSession(reception));
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
        RegisteredPeer sender = registrations.byAddress(remote);
        if (!forwarder.take(sender, ecn, buffer, offset, length, nowNs)) {
            endpoint.onDatagram(local, remote, ecn, buffer, offset, length, nowNs);
            // Just this datagram may have told that a peer is here now.
            sender = registrations.byAddress(remote);
        }
        if (sender != null) {
            forwarder.onReceived(sender, length);
        }
    }

    @Override
    public boolean pollTransmit(Transmit transmit, long nowNs) {
        if (endpoint.pollTransmit(transmit, nowNs)) {
            RegisteredPeer receiver = registrations.byAddress(transmit.remote());
            if (receiver != null) {
                receiver.address().onSent(transmit.length());
            }
            return true;
        }
        return forwarder.poll(transmit);
    }

    @Override
    public long nextDeadlineNs() {
        return Math.min(
                ids.nextDeadlineNs(),
                Math.min(endpoint.nextDeadlineNs(), forwarder.nextDeadlineNs()));
    }

    @Override
    public void onTimeout(long nowNs) {
        ids.onTimeout(nowNs);
        endpoint.onTimeout(nowNs);
        forwarder.onTimeout(nowNs);
    }

    @Override
    public void onEcnUsable(InetSocketAddress local) {
        endpoint.onEcnUsable(local);
    }

    @Override
    public void onLocalAddressUp(InetSocketAddress local, long nowNs) {
        filter.forbid(local);
    }

    @Override
    public void onLocalAddressDown(InetSocketAddress local, long nowNs) {
        endpoint.onLocalAddressDown(local, nowNs);
    }

    /** How many peers are registered. */
    public int registrationCount() {
        return registrations.count();
    }

    /** How many datagrams met that fate. */
    public long count(Fate fate) {
        return forwarder.count(fate);
    }

    /** Tells every peer that this relay is about to end. */
    public void announceEnd() {
        registrations.all().forEach(peer -> reception.tell(peer, new ControlMessage.GoAway()));
    }

    /** Ends every control connection. */
    public void close(long nowNs) {
        for (RegisteredPeer peer : registrations.all()) {
            reception.close(peer, ControlError.NONE, "the relay ends", nowNs);
        }
    }
}
