package dev.tern.quic.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.stream.Stream;

import org.junit.jupiter.api.Test;

/** RFC 9000 §10.1. */
class IdleTimeoutTest {
    private static final long MS = TestPeers.MS;
    private static final long SECOND = 1000 * MS;
    private static final long ONE_WAY_NS = 200 * MS;

    private final TestPeers peers = new TestPeers(1, false);

    IdleTimeoutTest() {
        peers.clientLink.delayNs(ONE_WAY_NS / 2);
        peers.serverLink.delayNs(ONE_WAY_NS / 2);
    }

    @Test
    void shouldLetThreeProbeTimeoutsPassThoughTheTimeoutIsShorterThanARoundTrip() {
        peers.adjustClient(config -> config.withIdleTimeout(100 * MS));
        Connection connection = peers.connect();
        assertThat(peers.runUntilEstablished(connection, 5 * SECOND)).isTrue();

        Stream stream = connection.streams().open(false);
        stream.send().write(new byte[] {1}, 0, 1);
        peers.flush();
        peers.world.run(peers.world.nowNs() + 2 * ONE_WAY_NS);

        assertThat(peers.serverEvents.received).containsKey(stream.id());
        assertThat(peers.clientEvents.closed).isNull();
        assertThat(peers.serverEvents.closed).isNull();
    }

    @Test
    void shouldCloseOnceNothingIsHeardForTheTimeout() {
        peers.adjustClient(config -> config.withIdleTimeout(10 * SECOND));
        Connection connection = peers.connect();
        assertThat(peers.runUntilEstablished(connection, 5 * SECOND)).isTrue();

        peers.world.run(peers.world.nowNs() + 9 * SECOND);
        assertThat(peers.clientEvents.closed).isNull();

        peers.world.run(peers.world.nowNs() + 3 * SECOND);
        assertThat(peers.clientEvents.closed.cause()).isEqualTo(CloseReason.Cause.IDLE);
        assertThat(peers.serverEvents.closed.cause()).isEqualTo(CloseReason.Cause.IDLE);
    }
}
