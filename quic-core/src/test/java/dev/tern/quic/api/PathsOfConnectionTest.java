package dev.tern.quic.api;

import static dev.tern.quic.api.LoopbackPair.bytes;
import static dev.tern.quic.api.LoopbackPair.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;

/** Addresses added, used and removed over real sockets; the server's side knows only RFC 9000. */
@Timeout(30)
class PathsOfConnectionTest {
    private final Set<InetSocketAddress> dead = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<PathStats> changes = new LinkedBlockingQueue<>();
    private LoopbackPair pair;
    private QuicConnection dialled;
    private QuicConnection accepted;
    private QuicStream stream;

    /** Where does this machine have more than one loopback address? On Linux, everywhere. */
    @BeforeEach
    void connect() throws IOException {
        assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
        pair =
                new LoopbackPair(
                        config -> config,
                        each -> each,
                        each -> each.transports(BreakableTransport.factory(dead)));
        dialled = pair.connect();
        accepted = pair.server.accept();
        stream = dialled.openStream();
        dialled.pathEvents(
                new PathEvents() {
                    @Override
                    public void onPathAdded(QuicConnection connection, PathStats path) {
                        events.add("added " + host(path.local()));
                    }

                    @Override
                    public void onPathValidated(QuicConnection connection, PathStats path) {
                        events.add("validated " + host(path.local()));
                    }

                    @Override
                    public void onPathChanged(
                            QuicConnection connection,
                            PathStats from,
                            PathStats to,
                            boolean byPeer) {
                        changes.add(to);
                    }
                });
    }

    @AfterEach
    void close() {
        if (pair != null) {
            pair.close();
        }
    }

    private static String host(InetSocketAddress address) {
        return address.getAddress().getHostAddress();
    }

    /** The other side reads what this one wrote. */
    private void exchange() throws IOException {
        stream.write(bytes(20_000));
        QuicStream other = accepted.acceptStream();
        assertThat(other.inputStream().readNBytes(20_000)).isEqualTo(bytes(20_000));
    }

    private void nextStream() throws IOException {
        stream = dialled.openStream();
    }

    @Test
    void shouldProbeANewAddressAtOnceAndUseItWhenTold() throws Exception {
        exchange();
        PathStats added = dialled.addLocalAddress(loopback(2)).get();

        assertThat(added.primary()).isFalse();
        assertThat(added.local().getPort()).isPositive();
        assertThat(added.latestRttNs()).isPositive();
        assertThat(events.take()).isEqualTo("added 127.0.0.2");
        assertThat(events.take()).isEqualTo("validated 127.0.0.2");
        assertThat(accepted.remoteAddress()).isEqualTo(pair.client.localAddress());

        dialled.usePath(added.local()).get();
        nextStream();
        exchange();

        assertThat(changes.take().local()).isEqualTo(added.local());
        assertThat(accepted.remoteAddress()).isEqualTo(added.local());
        assertThat(dialled.paths().get()).hasSize(2);
    }

    @Test
    void shouldLeaveARemovedAddressAndCloseItsSocket() throws Exception {
        exchange();
        InetSocketAddress second = dialled.addLocalAddress(loopback(2)).get().local();
        InetSocketAddress third = dialled.addLocalAddress(loopback(3)).get().local();
        dialled.usePath(second).get();

        dialled.removeLocalAddress(second).get();

        assertThat(changes.take().local()).isEqualTo(second);
        assertThat(changes.take().local()).isNotEqualTo(second);
        nextStream();
        exchange();
        dialled.removeLocalAddress(third).get();
        assertThatThrownBy(() -> dialled.usePath(second).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(QuicException.class);
    }

    @Test
    void shouldSwitchByItselfWhenAnAddressFallsSilent() throws Exception {
        exchange();
        InetSocketAddress second = dialled.addLocalAddress(loopback(2)).get().local();

        dead.add(pair.client.localAddress());
        nextStream();
        exchange();

        PathStats change = changes.take();
        assertThat(change.local()).isEqualTo(second);
        assertThat(accepted.remoteAddress()).isEqualTo(second);
    }

    @Test
    void shouldRefuseAnAddressThatTheMachineDoesNotHave() throws Exception {
        exchange();

        assertThatThrownBy(
                        () -> dialled.addLocalAddress(new InetSocketAddress("192.0.2.77", 0)).get())
                .hasMessageContaining("192.0.2.77");
        nextStream();
        exchange();
    }

    @Test
    void shouldNotLetAServerMove() throws Exception {
        exchange();

        assertThatThrownBy(() -> accepted.addLocalAddress(loopback(2)).get())
                .hasCauseInstanceOf(QuicException.class)
                .hasMessageContaining("a server's address is fixed");
    }

    @Test
    void shouldCountWhatPathsCarry() throws Exception {
        exchange();
        stream.finish();
        stream.awaitDelivery();

        ConnectionStats stats = dialled.stats().get();

        assertThat(stats.sentBytes()).isGreaterThan(20_000);
        assertThat(stats.receivedBytes()).isPositive();
        assertThat(stats.sentPackets()).isBetween(14L, stats.sentDatagrams() + 5);
        assertThat(stats.primary().smoothedRttNs()).isPositive();
        assertThat(stats.primary().lossRate()).isBetween(0.0, 1.0);
        assertThat(stats.version()).isNotZero();
    }
}
