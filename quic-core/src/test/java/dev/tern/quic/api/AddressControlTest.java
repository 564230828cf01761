package dev.tern.quic.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.crypto.identity.PeerVerifiers;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.quic.cid.SelfDescribingId;
import dev.tern.quic.connection.Connection;
import dev.tern.quic.connection.ConnectionConfig;
import dev.tern.quic.connection.ConnectionListener;
import dev.tern.quic.connection.ConnectionWaker;
import dev.tern.quic.endpoint.Acceptor;
import dev.tern.quic.endpoint.Endpoint;
import dev.tern.quic.path.Path;
import dev.tern.quic.path.SwitchReason;
import dev.tern.quic.sim.SimHost;
import dev.tern.quic.sim.SimLink;
import dev.tern.quic.sim.SimWorld;
import dev.tern.quic.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A client with three addresses, in virtual time, and a server that knows only RFC 9000. */
class AddressControlTest {
    private static final long MS = 1_000_000L;
    private static final InetSocketAddress FIRST = new InetSocketAddress("192.0.2.1", 1000);
    private static final InetSocketAddress SECOND = new InetSocketAddress("192.0.2.2", 1000);
    private static final InetSocketAddress DEAF = new InetSocketAddress("192.0.2.3", 1000);
    private static final InetSocketAddress SERVER = new InetSocketAddress("198.51.100.1", 4433);

    private final SimWorld world = new SimWorld(5);
    private final SplittableRandom random = new SplittableRandom(5);
    private final SecureRandom tlsRandom = new SecureRandom();
    private final PeerIdentity identity = PeerIdentity.generate(tlsRandom);
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final Events clientEvents = new Events();
    private final Endpoint client = endpoint(null);
    private final Endpoint server = endpoint(this::accept);
    private SimHost clientHost;
    private Connection connection;
    private Connection accepted;
    private Stream stream;

    /** What the connection reports, to the part that is tested. */
    private static final class Events implements ConnectionListener {
        private AddressControl control;

        @Override
        public void onStarted(Connection started, long nowNs) {
            control = new AddressControl(started);
        }

        @Override
        public void onHandshakeConfirmed(Connection on, long nowNs) {
            control.onMayProbe(nowNs);
        }

        @Override
        public void onPeerIdsIssued(Connection on, long nowNs) {
            control.onMayProbe(nowNs);
        }

        @Override
        public void onPathValidated(Path path, long nowNs) {
            control.onPathValidated(path);
        }

        @Override
        public void onPathFailed(Path path, long nowNs) {
            control.onPathFailed(path);
        }

        @Override
        public void onProbeTimeout(Connection on, int count, long nowNs) {
            control.onProbeTimeout(count, nowNs);
        }
    }

    private final class ServerEvents implements ConnectionListener {
        @Override
        public void onStarted(Connection started, long nowNs) {
            accepted = started;
        }

        @Override
        public void onStreamReadable(Connection on, Stream readable) {
            readable.receive().read(received::write, Integer.MAX_VALUE);
        }
    }

    private Endpoint endpoint(Acceptor acceptor) {
        return new Endpoint(
                remote -> SelfDescribingId.mintDirect(random),
                acceptor,
                ConnectionWaker.DIRECT,
                random,
                new byte[32]);
    }

    private Acceptor.Accepted accept(
            InetSocketAddress at,
            InetSocketAddress remote,
            dev.tern.quic.wire.ConnectionId id,
            long nowNs) {
        return new Acceptor.Accepted(
                ConnectionConfig.of(TlsConfig.server(tlsRandom, identity, "test")),
                new ServerEvents());
    }

    private SimLink link() {
        return world.link().delayNs(10 * MS);
    }

    @BeforeEach
    void connect() {
        clientHost =
                world.network()
                        .host(client)
                        .up(FIRST, link())
                        .up(SECOND, link())
                        .up(DEAF, world.link().delayNs(10 * MS).loss(1));
        world.network().host(server).up(SERVER, link());
        TlsConfig tls =
                TlsConfig.client(tlsRandom, null, PeerVerifiers.exactly(identity.peerId()), "test");
        connection =
                client.connect(
                        ConnectionConfig.of(tls), FIRST, SERVER, null, clientEvents, world.nowNs());
        flush();
        assertThat(world.runUntil(connection::isEstablished, world.nowNs() + 1000 * MS)).isTrue();
        stream = connection.streams().open(true);
    }

    private void flush() {
        client.connections().forEach(client::wake);
        world.at(world.nowNs(), () -> {});
    }

    private CompletableFuture<PathStats> add(InetSocketAddress local) {
        CompletableFuture<PathStats> validated = new CompletableFuture<>();
        clientEvents.control.add(local, validated, world.nowNs());
        flush();
        return validated;
    }

    private PathStats added(InetSocketAddress local) {
        CompletableFuture<PathStats> validated = add(local);
        assertThat(world.runUntil(validated::isDone, world.nowNs() + 1000 * MS)).isTrue();
        return validated.join();
    }

    private void write(int bytes) {
        stream.send().write(new byte[bytes], 0, bytes);
        flush();
    }

    private boolean runUntilReceived(int bytes, long withinMs) {
        return world.runUntil(() -> received.size() == bytes, world.nowNs() + withinMs * MS);
    }

    @Test
    void shouldProbeANewAddressAtOnceAndLeaveItUnused() {
        PathStats path = added(SECOND);

        assertThat(path.local()).isEqualTo(SECOND);
        assertThat(path.validated()).isTrue();
        assertThat(path.primary()).isFalse();
        assertThat(path.smoothedRttNs()).isBetween(40 * MS, 41 * MS);
        assertThat(connection.currentPath().local()).isEqualTo(FIRST);
        assertThat(accepted.currentPath().remote()).isEqualTo(FIRST);
    }

    @Test
    void shouldTakeTheServerAlongThoughTheApplicationIsSilent() throws QuicException {
        added(SECOND);

        clientEvents.control.use(SECOND, world.nowNs());
        flush();
        world.run(world.nowNs() + 100 * MS);

        assertThat(connection.currentPath().local()).isEqualTo(SECOND);
        assertThat(accepted.currentPath().remote()).isEqualTo(SECOND);
        assertThat(connection.currentPath().destinationId())
                .isNotEqualTo(connection.paths().getFirst().destinationId());
    }

    @Test
    void shouldNotUseWhatHasNotAnswered() {
        assertThatThrownBy(() -> clientEvents.control.use(SECOND, world.nowNs()))
                .isInstanceOf(QuicException.class)
                .hasMessage("no path from 192.0.2.2:1000 is validated: add the address first");
    }

    @Test
    void shouldSayThatNothingAnswersThere() {
        CompletableFuture<PathStats> validated = add(DEAF);
        world.runUntil(validated::isDone, world.nowNs() + 5_000 * MS);

        assertThatThrownBy(validated::get)
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("no answer from 198.51.100.1:4433 by way of 192.0.2.3:1000");
        assertThat(connection.currentPath().local()).isEqualTo(FIRST);
    }

    @Test
    void shouldSwitchByItselfWhenTheCurrentAddressFallsSilent() {
        added(SECOND);
        write(1_000);
        assertThat(runUntilReceived(1_000, 100)).isTrue();

        clientHost.cut(FIRST);
        write(50_000);

        // Two probe timeouts, and the way there.
        assertThat(runUntilReceived(51_000, 600)).isTrue();
        assertThat(connection.currentPath().local()).isEqualTo(SECOND);
    }

    @Test
    void shouldStayWhereItIsWhenNothingElseIsKnown() {
        clientHost.cut(FIRST);
        write(1_000);
        world.run(world.nowNs() + 2_000 * MS);

        assertThat(connection.currentPath().local()).isEqualTo(FIRST);
    }

    @Test
    void shouldLeaveAnAddressThatIsRemoved() throws QuicException {
        added(SECOND);
        write(30_000);

        clientEvents.control.remove(FIRST, world.nowNs());
        flush();

        assertThat(connection.currentPath().local()).isEqualTo(SECOND);
        assertThat(runUntilReceived(30_000, 300)).isTrue();
        world.run(world.nowNs() + 2_000 * MS);
        assertThat(connection.paths()).hasSize(1);
    }

    @Test
    void shouldKeepTheOnlyAddress() {
        assertThatThrownBy(() -> clientEvents.control.remove(FIRST, world.nowNs()))
                .isInstanceOf(QuicException.class)
                .hasMessageContaining("no other address");
    }

    @Test
    void shouldLeaveAnAddressThatIsGone() {
        added(SECOND);
        write(30_000);

        clientHost.down(FIRST);
        clientEvents.control.onGone(FIRST, world.nowNs());
        flush();

        assertThat(connection.currentPath().local()).isEqualTo(SECOND);
        assertThat(runUntilReceived(30_000, 300)).isTrue();
    }

    @Test
    void shouldUseAnAddressThatHasNotAnsweredYetWhenTheOtherIsGone() {
        write(10_000);
        world.run(world.nowNs() + 100 * MS);
        add(SECOND);

        clientHost.down(FIRST);
        clientEvents.control.onGone(FIRST, world.nowNs());
        write(10_000);

        assertThat(runUntilReceived(20_000, 300)).isTrue();
        assertThat(connection.currentPath().local()).isEqualTo(SECOND);
    }

    @Test
    void shouldComeBackToAnAddressThatAnswersAgain() throws QuicException {
        added(SECOND);
        clientEvents.control.use(SECOND, world.nowNs());
        write(1_000);
        assertThat(runUntilReceived(1_000, 300)).isTrue();

        connection.switchTo(connection.paths().getFirst(), SwitchReason.BETTER, world.nowNs());
        write(1_000);

        assertThat(runUntilReceived(2_000, 300)).isTrue();
        assertThat(accepted.currentPath().remote()).isEqualTo(FIRST);
    }
}
