package dev.tern.quic.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.sim.LinkProfile;
import dev.tern.quic.sim.SimObserver;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import java.util.random.RandomGenerator;

/** The scenarios of quic-interop-runner, in virtual time; data flows either way. */
class InteropScenariosTest {
    private static final long MS = TestPeers.MS;
    private static final long SECOND = 1000 * MS;

    private final TestPeers peers = new TestPeers(1, false);

    /** Opens a connection; the side that sends is the client, or the server. */
    private Delivery connected(boolean upload, long patienceNs) {
        Connection connection = peers.connect();
        assertThat(peers.runUntilEstablished(connection, patienceNs)).isTrue();
        return upload
                ? new Delivery(peers, connection, peers.serverEvents, patienceNs)
                : new Delivery(
                        peers, peers.serverEvents.connection, peers.clientEvents, patienceNs);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldTransfer(boolean upload) {
        connected(upload, 60 * SECOND).send(3, 2 << 20);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldTransferOverALongRoundTrip(boolean upload) {
        peers.clientLink.delayNs(375 * MS);
        peers.serverLink.delayNs(375 * MS);
        long startNs = peers.world.nowNs();

        Delivery delivery = connected(upload, 60 * SECOND);
        assertThat(peers.world.nowNs() - startNs).isLessThan(3 * SECOND);
        delivery.send(1, 500_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldMultiplexTwoThousandStreams(boolean upload) {
        connected(upload, 60 * SECOND).send(2000, 32);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSurviveABlackhole(boolean upload) {
        peers.clientLink.rate(10_000_000, 100_000);
        Delivery delivery = connected(upload, 60 * SECOND);
        long startNs = peers.world.nowNs();
        peers.world.at(startNs + 500 * MS, () -> peers.clientLink.up(false));
        peers.world.at(startNs + 2500 * MS, () -> peers.clientLink.up(true));

        delivery.send(1, 2 << 20);

        // The two seconds, and not much more: probes back off no further than they last.
        assertThat(peers.world.nowNs() - startNs).isBetween(3 * SECOND, 7 * SECOND);
    }

    /**
     * The server's first flight is lost again and again, and it may not answer more than threefold.
     */
    @Test
    void shouldKeepToTheAmplificationLimitInALossyHandshake() {
        long[] bytes = new long[2];
        peers.world
                .network()
                .observe(
                        (event, packet, nowNs) -> {
                            if (event == SimObserver.Event.DELIVERED
                                    && packet.to().equals(TestPeers.SERVER)) {
                                bytes[0] += packet.length();
                            } else if (event == SimObserver.Event.SENT
                                    && packet.from().equals(TestPeers.SERVER)
                                    && peers.serverEvents.connection == null) {
                                bytes[1] += packet.length();
                                assertThat(bytes[1]).isLessThanOrEqualTo(3 * bytes[0]);
                            }
                        });
        peers.clientLink.dropInbound(index -> index < 6);

        connected(false, 20 * SECOND).send(1, 10_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19})
    void shouldShakeHandsUnderHeavyLoss(int seed) {
        peers.clientLink.dropOutbound(inBursts(0.3, new SplittableRandom(seed)));
        peers.clientLink.dropInbound(inBursts(0.3, new SplittableRandom(seed + 1000)));

        connected(seed % 2 == 0, 60 * SECOND).send(1, 1000);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void shouldShakeHandsUnderHeavyCorruption(long seed) {
        TestPeers corrupted = new TestPeers(seed, false);
        corrupted.clientLink.corrupt(0.3);
        Connection connection = corrupted.connect();

        assertThat(corrupted.runUntilEstablished(connection, 60 * SECOND)).isTrue();
        new Delivery(corrupted, connection, corrupted.serverEvents, 60 * SECOND).send(1, 1000);
    }

    /** As the runner's: so many are lost, but never more than three in a row. */
    private static LongPredicate inBursts(double probability, RandomGenerator random) {
        int[] inARow = {0};
        return index -> {
            boolean lost = inARow[0] < 3 && random.nextDouble() < probability;
            inARow[0] = lost ? inARow[0] + 1 : 0;
            return lost;
        };
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldTransferUnderLoss(boolean upload) {
        peers.clientLink.profile(
                LinkProfile.PERFECT
                        .delay(15 * MS, 0)
                        .loss(0.02)
                        .rate(10_000_000, 40_000, Long.MAX_VALUE));
        connected(upload, 60 * SECOND).send(1, 2 << 20);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldTransferUnderCorruption(boolean upload) {
        peers.clientLink.profile(
                LinkProfile.PERFECT
                        .delay(15 * MS, 0)
                        .mangle(0, 0.02)
                        .rate(10_000_000, 40_000, Long.MAX_VALUE));
        connected(upload, 60 * SECOND).send(1, 2 << 20);
    }

    @Test
    void shouldSurviveTheLossOfEachAndOfEveryTwoOfTheFirstTwentyDatagrams() {
        for (boolean outbound : new boolean[] {true, false}) {
            for (int first = 0; first < 20; first++) {
                for (int second = first; second < 20; second++) {
                    survive(outbound, first, second);
                }
            }
        }
    }

    private static void survive(boolean outbound, int first, int second) {
        TestPeers lossy = new TestPeers(20L * first + second, false);
        LongPredicate lost = index -> index == first || index == second;
        if (outbound) {
            lossy.clientLink.dropOutbound(lost);
        } else {
            lossy.clientLink.dropInbound(lost);
        }
        Connection connection = lossy.connect();
        assertThat(lossy.runUntilEstablished(connection, 60 * SECOND))
                .as("%d and %d lost, %s", first, second, outbound ? "outbound" : "inbound")
                .isTrue();
        new Delivery(lossy, connection, lossy.serverEvents, 60 * SECOND).send(1, 20_000);
        new Delivery(lossy, lossy.serverEvents.connection, lossy.clientEvents, 60 * SECOND)
                .send(1, 20_000);
    }
}
