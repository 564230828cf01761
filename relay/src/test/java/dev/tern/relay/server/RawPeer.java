package dev.tern.relay.server;

import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.crypto.identity.PeerVerifiers;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.quic.cid.SelfDescribingId;
import dev.tern.quic.connection.CloseReason;
import dev.tern.quic.connection.Connection;
import dev.tern.quic.connection.ConnectionListener;
import dev.tern.quic.connection.ConnectionWaker;
import dev.tern.quic.endpoint.Endpoint;
import dev.tern.quic.sim.SeededSecureRandom;
import dev.tern.quic.stream.Stream;
import dev.tern.relay.control.ControlChannel;
import dev.tern.relay.control.ControlConnection;
import dev.tern.relay.control.ControlMessage;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A peer that says to the relay whatever a test wants. */
final class RawPeer implements ConnectionListener {
    final List<ControlMessage> heard = new ArrayList<>();
    CloseReason closed;
    private final Endpoint endpoint;
    private final Connection connection;
    private final RelayWorld world;
    private Stream stream;
    private ControlChannel channel;

    RawPeer(RelayWorld world, PeerIdentity identity, long seed, InetSocketAddress at) {
        this.world = world;
        SplittableRandom random = new SplittableRandom(seed);
        SecureRandom tlsRandom = new SeededSecureRandom(seed);
        endpoint =
                new Endpoint(
                        remote -> SelfDescribingId.mintDirect(random),
                        null,
                        ConnectionWaker.DIRECT,
                        random,
                        new byte[32]);
        world.world.network().host(endpoint).up(at, world.world.link().delayNs(RelayWorld.MS));
        TlsConfig tls =
                TlsConfig.client(
                        tlsRandom,
                        identity,
                        PeerVerifiers.exactly(world.address.id()),
                        ControlConnection.PROTOCOL);
        connection =
                endpoint.connect(
                        ControlConnection.config(tls),
                        at,
                        RelayWorld.RELAY,
                        null,
                        this,
                        world.world.nowNs());
        world.until(() -> channel != null);
    }

    static PeerIdentity identity(long seed) {
        return PeerIdentity.generate(new SeededSecureRandom(seed));
    }

    void say(ControlMessage message) {
        channel.send(message);
        settle();
    }

    void sayBytes(byte... bytes) {
        stream.send().write(bytes, 0, bytes.length);
        settle();
    }

    private void settle() {
        endpoint.wake(connection);
        world.pass(100 * RelayWorld.MS);
    }

    /** The last message of that kind. */
    <T extends ControlMessage> T last(Class<T> kind) {
        return heard.stream().filter(kind::isInstance).map(kind::cast).toList().getLast();
    }

    @Override
    public void onHandshakeComplete(Connection established, long nowNs) {
        stream = established.streams().open(true);
        channel = new ControlChannel(stream);
    }

    @Override
    public void onStreamReadable(Connection on, Stream readable) {
        channel.receive(heard::add);
    }

    @Override
    public void onClosed(Connection on, CloseReason reason, long nowNs) {
        closed = reason;
    }
}
