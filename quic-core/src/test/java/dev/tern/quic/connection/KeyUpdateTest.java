package dev.tern.quic.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9001 §6. */
class KeyUpdateTest {
    private static final long SECOND = 1_000_000_000L;

    private static Connection established(TestPeers peers) {
        Connection connection = peers.connect();
        assertThat(peers.runUntilEstablished(connection, 10 * SECOND)).isTrue();
        peers.world.run(peers.world.nowNs() + SECOND / 10);
        return connection;
    }

    @Test
    void shouldFollowThePeersUpdate() {
        TestPeers peers = new TestPeers(1, false);
        Connection client = established(peers);

        client.updateKeys();
        new Transfer(peers, client, 50_000).finish();

        assertThat(client.keyUpdates()).isEqualTo(1);
        assertThat(peers.serverEvents.connection.keyUpdates()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldLoseNothingThroughUpdatesOfBothSidesUnderLossAndReordering(long seed) {
        TestPeers peers = new TestPeers(seed, false);
        peers.clientLink.loss(0.05).reorder(0.1, 5_000_000L).duplicate(0.02);
        Connection client = established(peers);
        Transfer transfer = new Transfer(peers, client, 400_000);

        for (int i = 0; i < 8; i++) {
            (i % 2 == 0 ? client : peers.serverEvents.connection).updateKeys();
            transfer.write(50_000);
            peers.world.run(peers.world.nowNs() + SECOND);
        }
        transfer.finish();

        assertThat(client.keyUpdates()).isBetween(4, 8);
        assertThat(peers.serverEvents.connection.keyUpdates()).isEqualTo(client.keyUpdates());
        assertThat(client.closeReason()).isNull();
    }

    @Test
    void shouldSettleOnOneUpdateWhenBothSidesUpdateAtOnce() {
        TestPeers peers = new TestPeers(5, false);
        Connection client = established(peers);

        client.updateKeys();
        peers.serverEvents.connection.updateKeys();
        new Transfer(peers, client, 50_000).finish();

        assertThat(client.keyUpdates()).isEqualTo(peers.serverEvents.connection.keyUpdates());
        assertThat(client.closeReason()).isNull();
    }

    @Test
    void shouldDropOldKeysThreeProbeTimeoutsLater() {
        TestPeers peers = new TestPeers(6, false);
        Connection client = established(peers);

        client.updateKeys();
        new Transfer(peers, client, 5_000).finish();
        peers.world.run(peers.world.nowNs() + SECOND);
        client.updateKeys(); // not possible while the old keys are kept
        new Transfer(peers, client, 5_000).finish();

        assertThat(client.keyUpdates()).isEqualTo(2);
    }
}
