package dev.tern.quic.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.wire.Versions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9000 §8.1. */
class RetryTest {
    private static final long MS = TestPeers.MS;
    private static final long SECOND = 1000 * MS;

    @Test
    void shouldAnswerRetryWithItsToken() {
        TestPeers peers = new TestPeers(1, false);
        peers.server.retryFromHalfOpen(0);
        long startNs = peers.world.nowNs();

        Connection client = peers.connect();

        assertThat(peers.runUntilEstablished(client, SECOND)).isTrue();
        assertThat(peers.world.nowNs() - startNs).isEqualTo(100 * MS); // one round trip more
        new Transfer(peers, client, 20_000).finish();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void shouldSurviveTheLossOfAnyDatagramAroundRetry(int index) {
        for (boolean fromClient : new boolean[] {true, false}) {
            TestPeers peers = new TestPeers(index, false);
            peers.server.retryFromHalfOpen(0);
            if (fromClient) {
                peers.clientLink.dropOutbound(n -> n == index);
            } else {
                peers.clientLink.dropInbound(n -> n == index);
            }
            Connection client = peers.connect();

            assertThat(peers.runUntilEstablished(client, 10 * SECOND)).isTrue();
            new Transfer(peers, client, 5_000).finish();
        }
    }

    @Test
    void shouldSpareTheRetryWithTokenOfEarlierConnection() {
        TestPeers peers = new TestPeers(2, false);
        peers.server.retryFromHalfOpen(0);
        Connection first = peers.connect();
        assertThat(peers.runUntilEstablished(first, SECOND)).isTrue();
        new Transfer(peers, first, 1_000).finish();
        peers.serverEvents.connection = null;
        long startNs = peers.world.nowNs();

        Connection second = peers.connect();

        assertThat(peers.runUntilEstablished(second, SECOND)).isTrue();
        assertThat(peers.world.nowNs() - startNs).isEqualTo(60 * MS);
    }

    /** RFC 9369 §5: a token is of the version that was negotiated. */
    @ParameterizedTest
    @CsvSource({"2,60", "1,100"})
    void shouldUseTokenOfEarlierConnectionInItsVersionOnly(int nextVersion, long expectedMs) {
        TestPeers peers = new TestPeers(4, false);
        peers.server.retryFromHalfOpen(0);
        peers.adjustClient(config -> config.with().versions(Versions.V1, Versions.V2).build());
        peers.adjustServer(config -> config.with().versions(Versions.V2, Versions.V1).build());
        Connection first = peers.connect();
        assertThat(peers.runUntilEstablished(first, SECOND)).isTrue();
        assertThat(first.version()).isEqualTo(Versions.V2);
        new Transfer(peers, first, 1_000).finish();
        peers.serverEvents.connection = null;
        int next = nextVersion == 2 ? Versions.V2 : Versions.V1;
        peers.adjustClient(config -> config.with().versions(next).build());
        long startNs = peers.world.nowNs();

        Connection second = peers.connect();

        assertThat(peers.runUntilEstablished(second, SECOND)).isTrue();
        assertThat(peers.world.nowNs() - startNs).isEqualTo(expectedMs * MS);
    }

    @Test
    void shouldUseTokenOfEarlierConnectionOnlyOnce() {
        TestPeers peers = new TestPeers(3, false);
        peers.server.retryFromHalfOpen(0);
        Connection first = peers.connect();
        assertThat(peers.runUntilEstablished(first, SECOND)).isTrue();
        new Transfer(peers, first, 1_000).finish();
        peers.connect();
        long startNs = peers.world.nowNs();

        Connection third = peers.connect();

        peers.world.runUntil(third::isEstablished, startNs + SECOND);
        assertThat(peers.world.nowNs() - startNs).isEqualTo(80 * MS);
    }
}
