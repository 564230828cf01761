package dev.tern.relay.server;

import dev.tern.crypto.identity.PeerId;
import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.crypto.identity.PeerVerifiers;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.quic.cid.SelfDescribingId;
import dev.tern.quic.connection.Connection;
import dev.tern.quic.connection.ConnectionConfig;
import dev.tern.quic.connection.ConnectionListener;
import dev.tern.quic.connection.ConnectionWaker;
import dev.tern.quic.connection.Transmit;
import dev.tern.quic.endpoint.Acceptor;
import dev.tern.quic.endpoint.DatagramNode;
import dev.tern.quic.endpoint.Endpoint;
import dev.tern.quic.sim.SeededSecureRandom;
import dev.tern.quic.stream.Stream;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.relay.RelayAddress;
import dev.tern.relay.client.RelaySession;
import dev.tern.relay.client.RelaySessionListener;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** A peer in a simulated world: one endpoint, one relay session, and notes of what happened. */
final class TestPeer implements DatagramNode, RelaySessionListener, ConnectionListener {
    static final String PROTOCOL = "test";

    final PeerIdentity identity;
    final Endpoint endpoint;
    final RelaySession session;
    final InetSocketAddress relay;
    final Set<ConnectionId> announced = new HashSet<>();
    final List<String> events = new ArrayList<>();
    final List<ConnectionId> dialled = new ArrayList<>();
    final List<InetSocketAddress> observed = new ArrayList<>();
    final ByteArrayOutputStream received = new ByteArrayOutputStream();
    Connection accepted;
    boolean ended;
    private final SecureRandom tlsRandom;
    private final byte[] buffer = new byte[4096];

    TestPeer(long seed, RelayAddress relayAddress, long instance) {
        SplittableRandom random = new SplittableRandom(seed);
        tlsRandom = new SeededSecureRandom(seed);
        identity = PeerIdentity.generate(tlsRandom);
        relay = relayAddress.address();
        byte[] resetKey = new byte[32];
        random.nextBytes(resetKey);
        session = new RelaySession(relayAddress, identity, tlsRandom, instance, this);
        endpoint =
                new Endpoint(
                        remote -> {
                            ConnectionId id = remote.equals(relay) ? session.takeId() : null;
                            return id != null ? id : SelfDescribingId.mintDirect(random);
                        },
                        (local, remote, id, nowNs) -> announced.remove(id) ? accept() : null,
                        ConnectionWaker.DIRECT,
                        random,
                        resetKey);
    }

    private Acceptor.Accepted accept() {
        TlsConfig tls =
                TlsConfig.mutualServer(tlsRandom, identity, PeerVerifiers.anyPeer(), PROTOCOL);
        return new Acceptor.Accepted(ConnectionConfig.of(tls).withMobility(List.of(relay)), this);
    }

    PeerId id() {
        return identity.peerId();
    }

    Connection connect(PeerId target, ConnectionId id, long nowNs) {
        TlsConfig tls =
                TlsConfig.client(tlsRandom, identity, PeerVerifiers.exactly(target), PROTOCOL);
        return endpoint.connect(
                ConnectionConfig.of(tls).withMobility(List.of(relay)),
                session.local(),
                relay,
                id,
                this,
                nowNs);
    }

    // ---- the node

    @Override
    public void onDatagram(
            InetSocketAddress local,
            InetSocketAddress remote,
            int ecn,
            byte[] bytes,
            int offset,
            int length,
            long nowNs) {
        endpoint.onDatagram(local, remote, ecn, bytes, offset, length, nowNs);
    }

    @Override
    public boolean pollTransmit(Transmit transmit, long nowNs) {
        return endpoint.pollTransmit(transmit, nowNs);
    }

    @Override
    public long nextDeadlineNs() {
        return Math.min(endpoint.nextDeadlineNs(), session.nextDeadlineNs());
    }

    @Override
    public void onTimeout(long nowNs) {
        endpoint.onTimeout(nowNs);
        session.onTimeout(nowNs);
    }

    // ---- what the relay says

    @Override
    public void onUp(long nowNs) {
        events.add("up");
    }

    @Override
    public void onDown(String reason, long nowNs) {
        events.add("down: " + reason);
    }

    @Override
    public void onObservedAddress(InetSocketAddress local, InetSocketAddress address, long nowNs) {
        observed.add(address);
    }

    @Override
    public void onIncoming(PeerId dialler, ConnectionId id, long nowNs) {
        events.add("incoming " + dialler);
        announced.add(id);
    }

    @Override
    public void onDialled(PeerId target, List<ConnectionId> ids, long nowNs) {
        events.add("dialled " + target);
        dialled.addAll(ids);
    }

    @Override
    public void onDialFailed(PeerId target, String text, long nowNs) {
        events.add("failed: " + text);
    }

    @Override
    public void onPeerMoved(PeerId peer, long nowNs) {
        events.add("moved " + peer);
    }

    // ---- what the other peer says

    @Override
    public void onHandshakeComplete(Connection connection, long nowNs) {
        if (!connection.isDialler()) {
            accepted = connection;
        }
    }

    @Override
    public void onStreamReadable(Connection connection, Stream stream) {
        int n;
        while ((n = stream.receive().read(buffer, 0, buffer.length)) > 0) {
            received.write(buffer, 0, n);
        }
        ended |= n < 0;
    }
}
