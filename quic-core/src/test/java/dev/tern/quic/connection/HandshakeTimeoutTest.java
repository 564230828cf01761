package dev.tern.quic.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.sim.LinkProfile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.SplittableRandom;
import java.util.function.LongPredicate;

/** How long a handshake may take. */
class HandshakeTimeoutTest {
    private static final long MS = TestPeers.MS;
    private static final long SECOND = 1000 * MS;

    private final TestPeers peers = new TestPeers(1, false);

    @Test
    void shouldTryForThirtySecondsUnlessToldOtherwise() {
        peers.clientLink.up(false);
        Connection connection = peers.connect();

        peers.world.run(peers.world.nowNs() + 30 * SECOND - MS);
        assertThat(connection.closeReason()).isNull();

        peers.world.run(peers.world.nowNs() + MS);
        assertThat(connection.closeReason().cause()).isEqualTo(CloseReason.Cause.IDLE);
    }

    @Test
    void shouldTryForAsLongAsConfigured() {
        peers.adjustClient(config -> config.with().handshakeTimeout(3 * SECOND).build());
        peers.clientLink.up(false);
        Connection connection = peers.connect();

        peers.world.run(peers.world.nowNs() + 3 * SECOND);

        assertThat(connection.closeReason().cause()).isEqualTo(CloseReason.Cause.IDLE);
    }

    @Test
    void shouldSucceedThoughNothingPassesForFourteenSeconds() {
        peers.clientLink.up(false);
        Connection connection = peers.connect();
        peers.world.at(peers.world.nowNs() + 14 * SECOND, () -> peers.clientLink.up(true));

        assertThat(peers.runUntilEstablished(connection, 16 * SECOND)).isTrue();
    }

    @Test
    void shouldNotBeHeldOpenByAClientThatNeverFinishes() {
        // Its Initial packets arrive again and again, its Finished never does.
        peers.adjustServer(config -> config.with().handshakeTimeout(5 * SECOND).build());
        peers.clientLink.dropInbound(n -> true);
        peers.connect();

        peers.world.run(peers.world.nowNs() + 5 * SECOND + 100 * MS);

        assertThat(peers.serverEvents.closed.cause()).isEqualTo(CloseReason.Cause.IDLE);
    }

    /**
     * Courses in which it once stopped for good: probes carried nothing but PING while the Finished
     * waited behind earlier ones (38), 1-RTT packets that no timer watches over filled the window
     * (50), Handshake packets did so before a ServerHello that was lost (112).
     */
    @ParameterizedTest
    @ValueSource(ints = {38, 50, 112})
    void shouldSendWhatTheHandshakeWaitsForWhateverElseIsInFlight(int seed) {
        TestPeers lossy = new TestPeers(seed, false);
        lossy.clientLink.profile(LinkProfile.PERFECT.delay(15 * MS, 0).burstLoss(0.143, 0.333));

        Connection connection = lossy.connect();

        assertThat(lossy.runUntilEstablished(connection, 10 * SECOND)).isTrue();
    }

    /** Of ten datagrams three are lost, no more than three in a row. */
    static LongPredicate bursts(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] inRow = {0};
        return index -> {
            boolean lost = inRow[0] < 3 && random.nextInt(10) < 3;
            inRow[0] = lost ? inRow[0] + 1 : 0;
            return lost;
        };
    }

    /** As the interop runner's case "handshakeloss" has it, which asks for 50 connections. */
    @Test
    void shouldShakeHandsThoughAThirdOfAllDatagramsIsLostInBursts() {
        int established = 0;
        for (int seed = 0; seed < 50; seed++) {
            TestPeers lossy = new TestPeers(seed, false);
            lossy.clientLink.dropOutbound(bursts(seed)).dropInbound(bursts(~seed));
            Connection connection = lossy.connect();
            established += lossy.runUntilEstablished(connection, 30 * SECOND) ? 1 : 0;
        }

        assertThat(established).isEqualTo(50);
    }
}
