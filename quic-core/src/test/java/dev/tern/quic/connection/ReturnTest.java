package dev.tern.quic.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.path.SwitchReason;
import dev.tern.quic.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetSocketAddress;

class ReturnTest {
    private static final long MS = TestPeers.MS;
    private static final long SECOND = 1000 * MS;

    /** Returns within the three probe timeouts for which a path left is kept, and later. */
    @ParameterizedTest
    @CsvSource({"false, 60", "false, 2000", "true, 60", "true, 2000"})
    void shouldCarryOnAtAnAddressThatItHadBefore(boolean mobile, long stayMs) {
        TestPeers peers = new TestPeers(51, mobile);
        Connection connection = peers.connect();
        assertThat(peers.runUntilEstablished(connection, SECOND)).isTrue();
        peers.world.run(peers.world.nowNs() + SECOND);
        InetSocketAddress other = new InetSocketAddress("203.0.113.7", 2000);

        move(peers, connection, TestPeers.CLIENT, other);
        peers.world.run(peers.world.nowNs() + stayMs * MS);
        move(peers, connection, other, TestPeers.CLIENT);
        peers.world.run(peers.world.nowNs() + SECOND);

        send(peers, connection);
        assertThat(peers.serverEvents.connection.currentPath().remote())
                .isEqualTo(TestPeers.CLIENT);
        assertThat(connection.currentPath().isValidated()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void shouldCarryOnAfterMoreMovesThanPathsAreKept(boolean mobile) {
        TestPeers peers = new TestPeers(52, mobile);
        Connection connection = peers.connect();
        assertThat(peers.runUntilEstablished(connection, SECOND)).isTrue();
        peers.world.run(peers.world.nowNs() + SECOND);
        InetSocketAddress here = TestPeers.CLIENT;
        for (int i = 1; i <= 40; i++) {
            InetSocketAddress next = new InetSocketAddress("203.0.113." + i, 2000);
            move(peers, connection, here, next);
            here = next;
            peers.world.run(peers.world.nowNs() + SECOND);
        }

        send(peers, connection);
        assertThat(peers.serverEvents.connection.currentPath().remote()).isEqualTo(here);
    }

    private static void move(
            TestPeers peers, Connection connection, InetSocketAddress from, InetSocketAddress to) {
        peers.clientHost.down(from);
        peers.clientHost.up(to, peers.clientLink);
        assertThat(connection.moveTo(to, TestPeers.SERVER, SwitchReason.GONE, peers.world.nowNs()))
                .isTrue();
        connection.currentPath().ping();
        peers.flush();
    }

    private static void send(TestPeers peers, Connection connection) {
        Stream stream = connection.streams().open(true);
        stream.send().write(new byte[10_000], 0, 10_000);
        stream.send().finish();
        peers.flush();
        assertThat(
                        peers.world.runUntil(
                                () -> peers.serverEvents.ended.contains(stream.id()),
                                peers.world.nowNs() + SECOND))
                .isTrue();
    }
}
