package dev.tern.quic.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.wire.Versions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compatible version negotiation (RFC 9368) between versions 1 and 2 (RFC 9369). */
class VersionTest {
    private static final long MS = TestPeers.MS;
    private static final long SECOND = 1000 * MS;

    private static TestPeers peers(long seed, Integer[] client, Integer[] server) {
        TestPeers peers = new TestPeers(seed, false);
        peers.adjustClient(config -> config.with().versions(client).build());
        peers.adjustServer(config -> config.with().versions(server).build());
        return peers;
    }

    private static Integer[] versions(String digits) {
        return digits.chars()
                .mapToObj(digit -> digit == '2' ? Versions.V2 : Versions.V1)
                .toArray(Integer[]::new);
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "2,2,2", "12,12,1", "12,21,2", "21,12,1", "21,21,2", "1,21,1", "12,1,1"})
    void shouldSpeakWhatTheServerLikesBestOfWhatTheClientOffers(
            String client, String server, String chosen) {
        TestPeers peers = peers(1, versions(client), versions(server));
        long startNs = peers.world.nowNs();

        Connection connection = peers.connect();

        assertThat(peers.runUntilEstablished(connection, SECOND)).isTrue();
        assertThat(peers.world.nowNs() - startNs).isEqualTo(60 * MS); // no round trip more
        assertThat(connection.version()).isEqualTo(versions(chosen)[0]);
        assertThat(peers.serverEvents.connection.version()).isEqualTo(connection.version());
        connection.updateKeys();
        new Transfer(peers, connection, 50_000).finish();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void shouldSurviveTheLossOfAnyDatagramWhileTheVersionChanges(int index) {
        for (boolean fromClient : new boolean[] {true, false}) {
            TestPeers peers = peers(index, versions("12"), versions("21"));
            if (fromClient) {
                peers.clientLink.dropOutbound(n -> n == index);
            } else {
                peers.clientLink.dropInbound(n -> n == index);
            }
            Connection connection = peers.connect();

            assertThat(peers.runUntilEstablished(connection, 10 * SECOND)).isTrue();
            assertThat(connection.version()).isEqualTo(Versions.V2);
            new Transfer(peers, connection, 20_000).finish();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "12"})
    void shouldChangeVersionAfterRetryToo(String client) {
        TestPeers peers = peers(3, versions(client), versions("21"));
        peers.server.retryFromHalfOpen(0);

        Connection connection = peers.connect();

        assertThat(peers.runUntilEstablished(connection, SECOND)).isTrue();
        assertThat(connection.version()).isEqualTo(client.equals("1") ? Versions.V1 : Versions.V2);
    }

    @Test
    void shouldFailAtOnceWhereTheServerSpeaksNoneOfOurs() {
        TestPeers peers = peers(4, new Integer[] {0x0a1a2a3a}, versions("1"));

        Connection connection = peers.connect();
        peers.world.run(peers.world.nowNs() + 100 * MS);

        assertThat(connection.closeReason().cause()).isEqualTo(CloseReason.Cause.VERSION_REFUSED);
    }
}
