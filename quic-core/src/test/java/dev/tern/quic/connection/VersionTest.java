package dev.tern.quic.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.Versions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** Version negotiation (RFC 9368) between versions 1 and 2 (RFC 9369). */
class VersionTest {
    private static final long MS = TestPeers.MS;
    private static final long SECOND = 1000 * MS;

    private static TestPeers peers(long seed, Integer[] client, Integer[] server) {
        TestPeers peers = new TestPeers(seed, false);
        peers.adjustClient(config -> config.with().versions(client).build());
        peers.adjustServer(config -> config.with().versions(server).build());
        peers.server.acceptVersions(List.of(server));
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

    // ---- incompatible version negotiation: RFC 9368 §2.1, §4

    /** Puts an attacker on the client's link, who answers first packets from there. */
    private static VersionForger forger(TestPeers peers) {
        VersionForger forger = new VersionForger();
        peers.clientHost.down(TestPeers.CLIENT);
        peers.clientHost.up(TestPeers.CLIENT, forger, peers.clientLink);
        return forger;
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", "21"})
    void shouldBeginAgainInTheOnlyVersionThatTheServerSpeaks(String client) {
        TestPeers peers = peers(5, versions(client), versions("2"));
        long startNs = peers.world.nowNs();

        Connection connection = peers.connect();

        assertThat(peers.runUntilEstablished(connection, SECOND)).isTrue();
        assertThat(peers.world.nowNs() - startNs).isEqualTo(100 * MS); // one round trip more
        assertThat(connection.version()).isEqualTo(Versions.V2);
        assertThat(peers.clientEvents.connection).isSameAs(connection);
        new Transfer(peers, connection, 50_000).finish();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void shouldSurviveTheLossOfAnyDatagramWhileItBeginsAgain(int index) {
        for (boolean fromClient : new boolean[] {true, false}) {
            TestPeers peers = peers(index, versions("12"), versions("2"));
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

    @Test
    void shouldFollowRetryInTheVersionThatItBeganAgainIn() {
        TestPeers peers = peers(6, versions("12"), versions("2"));
        peers.server.retryFromHalfOpen(0);

        Connection connection = peers.connect();

        assertThat(peers.runUntilEstablished(connection, SECOND)).isTrue();
        assertThat(connection.version()).isEqualTo(Versions.V2);
    }

    @Test
    void shouldNotSpeakAVersionThatTheApplicationDidNotAllow() {
        TestPeers peers = peers(7, versions("1"), versions("2"));

        Connection connection = peers.connect();
        peers.world.run(peers.world.nowNs() + 100 * MS);

        assertThat(connection.closeReason().cause()).isEqualTo(CloseReason.Cause.VERSION_REFUSED);
    }

    @Test
    void shouldSeeThroughAForgedOfferThatLeadsToAWorseVersion() {
        TestPeers peers = peers(8, versions("12"), versions("12"));
        forger(peers).offerInsteadOf(Versions.V1, Versions.V2);

        Connection connection = peers.connect();
        peers.world.run(peers.world.nowNs() + SECOND);

        assertThat(connection.closeReason().code())
                .isEqualTo(TransportError.VERSION_NEGOTIATION_ERROR);
        assertThat(peers.clientEvents.connection).isNull();
    }

    @Test
    void shouldGoOnWhereAForgedOfferLeadsToTheBestVersion() {
        TestPeers peers = peers(9, versions("21"), versions("21"));
        forger(peers).offerInsteadOf(Versions.V1, Versions.V2);

        Connection connection = peers.connect();

        assertThat(peers.runUntilEstablished(connection, SECOND)).isTrue();
        assertThat(connection.version()).isEqualTo(Versions.V2);
    }

    @Test
    void shouldBeginAgainOnceOnly() {
        TestPeers peers = peers(10, versions("12"), versions("2"));
        VersionForger forger = forger(peers);
        forger.offerInsteadOf(Versions.V2, Versions.V1);

        Connection connection = peers.connect();

        assertThat(peers.runUntilEstablished(connection, SECOND)).isTrue();
        assertThat(connection.version()).isEqualTo(Versions.V2);
        assertThat(forger.offers()).isPositive();
    }

    @Test
    void shouldIgnoreAnOfferOfTheVersionThatWasTried() {
        TestPeers peers = peers(11, versions("12"), versions("12"));
        VersionForger forger = forger(peers);
        forger.offerInsteadOf(Versions.V1, Versions.V2, Versions.V1);

        Connection connection = peers.connect();

        assertThat(peers.runUntilEstablished(connection, SECOND)).isTrue();
        assertThat(connection.version()).isEqualTo(Versions.V1);
        assertThat(forger.offers()).isPositive();
    }

    @Test
    void shouldIgnoreAnOfferThatDoesNotNameItsIds() {
        TestPeers peers = peers(12, versions("12"), versions("12"));
        VersionForger forger = forger(peers);
        forger.guessIds();
        forger.offerInsteadOf(Versions.V1, Versions.V2);

        Connection connection = peers.connect();

        assertThat(peers.runUntilEstablished(connection, SECOND)).isTrue();
        assertThat(connection.version()).isEqualTo(Versions.V1);
        assertThat(forger.offers()).isPositive();
    }

    @Test
    void shouldIgnoreAnOfferAfterTheServerHasAnswered() {
        TestPeers peers = peers(13, versions("12"), versions("12"));
        VersionForger forger = forger(peers);
        forger.waitNs(50 * MS);
        forger.offerInsteadOf(Versions.V1, Versions.V2);

        Connection connection = peers.connect();

        assertThat(peers.runUntilEstablished(connection, SECOND)).isTrue();
        peers.world.run(peers.world.nowNs() + SECOND);
        assertThat(connection.version()).isEqualTo(Versions.V1);
        assertThat(connection.closeReason()).isNull();
        assertThat(forger.offers()).isPositive();
    }
}
