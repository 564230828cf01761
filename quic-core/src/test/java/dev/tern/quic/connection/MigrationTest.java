package dev.tern.quic.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.path.SwitchReason;
import dev.tern.quic.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.SplittableRandom;

class MigrationTest {
    private static final long MS = TestPeers.MS;
    private static final long SECOND = 1000 * MS;
    private static final InetSocketAddress CLIENT_AFTER =
            new InetSocketAddress("203.0.113.7", 2000);
    private static final InetSocketAddress SERVER_AFTER =
            new InetSocketAddress("203.0.113.8", 2000);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldCarryOnFromClientsNewAddressWhenOldOneIsDead(boolean mobile) {
        TestPeers peers = new TestPeers(11, mobile);
        Connection connection = established(peers);
        byte[] sent = bytes(3_000_000);
        Stream stream = startSending(peers, connection, sent);
        peers.world.run(peers.world.nowNs() + 100 * MS);

        moveClient(peers, connection);

        assertThat(
                        peers.world.runUntil(
                                () -> peers.serverEvents.ended.contains(stream.id()),
                                peers.world.nowNs() + 10 * SECOND))
                .isTrue();
        assertThat(Arrays.equals(sent, peers.serverEvents.received.get(stream.id()).toByteArray()))
                .isTrue();
        assertThat(peers.serverEvents.connection.currentPath().remote()).isEqualTo(CLIENT_AFTER);
        assertThat(peers.serverEvents.connection.currentPath().isValidated()).isTrue();
        assertThat(connection.currentPath().isValidated()).isTrue();
    }

    @Test
    void shouldCarryOnFromServersNewAddressWhenBothSpeakTheExtension() {
        TestPeers peers = new TestPeers(12, true);
        Connection connection = established(peers);
        byte[] sent = bytes(2_000_000);
        Stream stream = startSending(peers, connection, sent);
        peers.world.run(peers.world.nowNs() + 100 * MS);

        peers.serverHost.down(TestPeers.SERVER);
        peers.serverHost.up(SERVER_AFTER, peers.serverLink);
        peers.serverEvents.connection.moveTo(
                SERVER_AFTER, TestPeers.CLIENT, SwitchReason.GONE, peers.world.nowNs());
        peers.flush();

        assertThat(
                        peers.world.runUntil(
                                () -> peers.serverEvents.ended.contains(stream.id()),
                                peers.world.nowNs() + 10 * SECOND))
                .isTrue();
        assertThat(Arrays.equals(sent, peers.serverEvents.received.get(stream.id()).toByteArray()))
                .isTrue();
        assertThat(connection.currentPath().remote()).isEqualTo(SERVER_AFTER);
    }

    @Test
    void shouldValidateThePathOfASwitchThatItKnewByAChallengeOnly() {
        TestPeers peers = new TestPeers(16, true);
        Connection connection = established(peers);
        peers.world.run(peers.world.nowNs() + 100 * MS);
        Connection server = peers.serverEvents.connection;
        peers.serverHost.up(SERVER_AFTER, peers.serverLink);
        server.probe(SERVER_AFTER, TestPeers.CLIENT, 50 * MS, SECOND, peers.world.nowNs());
        peers.flush();
        peers.world.run(peers.world.nowNs() + 100 * MS);

        server.moveTo(SERVER_AFTER, TestPeers.CLIENT, SwitchReason.SUSPECT, peers.world.nowNs());
        peers.flush();
        peers.world.run(peers.world.nowNs() + 100 * MS);

        assertThat(connection.currentPath().remote()).isEqualTo(SERVER_AFTER);
        assertThat(connection.currentPath().isValidated()).isTrue();
    }

    @Test
    void shouldUseAnotherConnectionIdOnTheNewPath() {
        TestPeers peers = new TestPeers(13, true);
        Connection connection = established(peers);
        peers.world.run(peers.world.nowNs() + 100 * MS);
        var before = connection.currentPath().destinationId().id();
        var serverBefore = peers.serverEvents.connection.currentPath().destinationId().id();

        moveClient(peers, connection);
        connection.currentPath().ping();
        peers.flush();
        peers.world.run(peers.world.nowNs() + 200 * MS);

        assertThat(connection.currentPath().destinationId().id()).isNotEqualTo(before);
        assertThat(peers.serverEvents.connection.currentPath().destinationId().id())
                .isNotEqualTo(serverBefore);
    }

    @Test
    void shouldSwitchBetweenKnownPathsOnlyByPathSwitch() {
        TestPeers peers = new TestPeers(14, true);
        Connection connection = established(peers);
        peers.clientHost.up(CLIENT_AFTER, peers.clientLink);
        peers.world.run(peers.world.nowNs() + 100 * MS);

        connection.probe(CLIENT_AFTER, TestPeers.SERVER, 20 * MS, SECOND, peers.world.nowNs());
        peers.flush();
        peers.world.run(peers.world.nowNs() + 200 * MS);
        assertThat(connection.paths()).hasSize(2).allMatch(path -> path.isValidated());
        assertThat(peers.serverEvents.switches).isEmpty();

        connection.switchTo(connection.paths().get(1), SwitchReason.BETTER, peers.world.nowNs());
        peers.flush();
        peers.world.run(peers.world.nowNs() + 200 * MS);

        assertThat(peers.serverEvents.switches).containsExactly("BETTER by peer");
        assertThat(peers.serverEvents.connection.currentPath().remote()).isEqualTo(CLIENT_AFTER);
    }

    @Test
    void shouldLetTheDiallersSwitchWinWhenBothSwitchAtOnce() {
        TestPeers peers = new TestPeers(15, true);
        Connection connection = established(peers);
        peers.clientHost.up(CLIENT_AFTER, peers.clientLink);
        connection.probe(CLIENT_AFTER, TestPeers.SERVER, 20 * MS, SECOND, peers.world.nowNs());
        peers.flush();
        peers.world.run(peers.world.nowNs() + 300 * MS);
        Connection acceptor = peers.serverEvents.connection;

        connection.switchTo(connection.paths().get(1), SwitchReason.SUSPECT, peers.world.nowNs());
        acceptor.switchTo(acceptor.paths().get(0), SwitchReason.SUSPECT, peers.world.nowNs());
        peers.flush();
        peers.world.run(peers.world.nowNs() + 300 * MS);

        assertThat(connection.currentPath().local()).isEqualTo(CLIENT_AFTER);
        assertThat(acceptor.currentPath().remote()).isEqualTo(CLIENT_AFTER);
    }

    private static void moveClient(TestPeers peers, Connection connection) {
        peers.clientHost.down(TestPeers.CLIENT);
        peers.clientHost.up(CLIENT_AFTER, peers.clientLink);
        assertThat(
                        connection.moveTo(
                                CLIENT_AFTER,
                                TestPeers.SERVER,
                                SwitchReason.GONE,
                                peers.world.nowNs()))
                .isTrue();
        peers.flush();
    }

    private static Connection established(TestPeers peers) {
        peers.clientLink.rate(100_000_000, 600_000);
        Connection connection = peers.connect();
        assertThat(peers.runUntilEstablished(connection, SECOND)).isTrue();
        peers.world.run(peers.world.nowNs() + 100 * MS);
        return connection;
    }

    private static Stream startSending(TestPeers peers, Connection connection, byte[] sent) {
        Stream stream = connection.streams().open(true);
        new Object() {
            int offset;

            void pump() {
                offset += stream.send().write(sent, offset, sent.length - offset);
                if (offset == sent.length) {
                    stream.send().finish();
                } else {
                    peers.world.at(peers.world.nowNs() + 5 * MS, this::pump);
                }
                peers.flush();
            }
        }.pump();
        return stream;
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        return bytes;
    }
}
