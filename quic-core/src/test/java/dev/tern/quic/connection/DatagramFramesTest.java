package dev.tern.quic.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.wire.TransportError;

import org.junit.jupiter.api.Test;

/** RFC 9221. */
class DatagramFramesTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int LIMIT_BYTES = 1000;

    private static Connection established(TestPeers peers) {
        Connection connection = peers.connect();
        assertThat(peers.runUntilEstablished(connection, 10 * SECOND)).isTrue();
        return connection;
    }

    private static TestPeers peers(long seed, int clientTakes, int serverTakes) {
        TestPeers peers = new TestPeers(seed, false);
        peers.adjustClient(config -> config.withDatagrams(clientTakes));
        peers.adjustServer(config -> config.withDatagrams(serverTakes));
        return peers;
    }

    @Test
    void shouldCarryMessagesWholeBothWays() {
        TestPeers peers = peers(1, LIMIT_BYTES, LIMIT_BYTES);
        Connection client = established(peers);

        assertThat(client.sendDatagram(new byte[] {1, 2, 3})).isTrue();
        assertThat(peers.serverEvents.connection.sendDatagram(new byte[] {4})).isTrue();
        peers.flush();
        peers.world.run(peers.world.nowNs() + SECOND);

        assertThat(peers.serverEvents.datagrams).containsExactly(new byte[] {1, 2, 3});
        assertThat(peers.clientEvents.datagrams).containsExactly(new byte[] {4});
    }

    @Test
    void shouldNotSendToAPeerThatTakesNone() {
        TestPeers peers = peers(2, LIMIT_BYTES, 0);
        Connection client = established(peers);

        assertThat(client.maxDatagramBytes()).isZero();
        assertThat(client.sendDatagram(new byte[] {1})).isFalse();
    }

    @Test
    void shouldRefuseMessagesThatPassThePeersLimit() {
        TestPeers peers = peers(3, LIMIT_BYTES, LIMIT_BYTES);
        Connection client = established(peers);

        assertThat(client.maxDatagramBytes()).isEqualTo(LIMIT_BYTES - 3);
        assertThat(client.sendDatagram(new byte[LIMIT_BYTES - 2])).isFalse();
        assertThat(client.sendDatagram(new byte[LIMIT_BYTES - 3])).isTrue();
    }

    @Test
    void shouldLetTheOldestGiveWayWhereNothingGetsOut() {
        TestPeers peers = peers(4, LIMIT_BYTES, LIMIT_BYTES);
        Connection client = established(peers);

        for (int i = 0; i < 300; i++) {
            client.sendDatagram(new byte[] {(byte) (i >> 8), (byte) i});
        }
        peers.flush();
        peers.world.run(peers.world.nowNs() + SECOND);

        assertThat(peers.serverEvents.datagrams).hasSize(256);
        assertThat(peers.serverEvents.datagrams.getFirst()).containsExactly(0, 44);
    }

    @Test
    void shouldNotSendAgainWhatWasLost() {
        TestPeers peers = peers(5, LIMIT_BYTES, LIMIT_BYTES);
        Connection client = established(peers);
        peers.world.run(peers.world.nowNs() + SECOND);
        peers.clientLink.loss(1);
        client.sendDatagram(new byte[] {1});
        peers.flush();
        peers.world.run(peers.world.nowNs() + 5_000_000L);
        peers.clientLink.loss(0);

        new Transfer(peers, client, 20_000).finish();

        assertThat(peers.serverEvents.datagrams).isEmpty();
    }

    @Test
    void shouldCloseWhenThePeerPassesOurLimit() {
        DatagramSource taker = new DatagramSource(10);

        taker.onReceived(9);
        assertThat(
                        org.assertj.core.api.Assertions.catchThrowableOfType(
                                        dev.tern.quic.wire.TransportException.class,
                                        () -> taker.onReceived(10))
                                .code())
                .isEqualTo(TransportError.PROTOCOL_VIOLATION);
    }
}
