package dev.tern.quic.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.congestion.bbr.Bbr;
import dev.tern.quic.path.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.SplittableRandom;

/** BBR over a simulated bottleneck of 50 Mbit/s and 40 ms: 250 kB in flight fill it. */
class BbrTest {
    private static final long SECOND = 1000 * TestPeers.MS;
    private static final long BITS_PER_SECOND = 50_000_000;
    private static final int SHALLOW_BYTES = 50_000;
    private static final int DEEP_BYTES = 1_000_000;

    private final TestPeers peers = new TestPeers(51, false);

    @ParameterizedTest
    @ValueSource(ints = {SHALLOW_BYTES, DEEP_BYTES})
    void shouldFillTheLink(int queueBytes) {
        peers.clientLink.rate(BITS_PER_SECOND, queueBytes);
        useBbr();
        BulkFlow flow = flow(0);
        run(1);

        flow.measure();
        run(2);

        assertThat(flow.megabitsPerSecond()).isGreaterThan(42);
    }

    @Test
    void shouldNotFillADeepQueue() {
        peers.clientLink.rate(BITS_PER_SECOND, DEEP_BYTES);
        useBbr();
        Connection connection = connect();
        new BulkFlow(peers, connection, 0);
        run(2);

        assertThat(connection.currentPath().rtt().smoothedNs()).isLessThan(80 * TestPeers.MS);
    }

    @Test
    void shouldShareTheLinkWithAnother() {
        peers.clientLink.rate(BITS_PER_SECOND, 250_000);
        useBbr();
        BulkFlow first = flow(0);
        run(1);
        BulkFlow second = flow(1);
        run(5);

        first.measure();
        second.measure();
        run(2);

        assertThat(second.megabitsPerSecond()).isBetween(10.0, 40.0);
        assertThat(first.megabitsPerSecond()).isBetween(10.0, 40.0);
        assertThat(first.megabitsPerSecond() + second.megabitsPerSecond()).isGreaterThan(42);
    }

    @Test
    void shouldSurviveRandomLossFarBetterThanCubic() {
        double cubic = withLoss(new TestPeers(52, false));
        useBbr();
        double bbr = withLoss(peers);

        assertThat(bbr).isGreaterThan(4 * cubic);
    }

    /** One loss in a hundred is less than the two that the draft takes for congestion. */
    @Test
    void shouldKeepMostOfItsRateWithOneLossInAHundred() {
        peers.clientLink.rate(BITS_PER_SECOND, 250_000);
        useBbr();
        Connection connection = connect();
        peers.clientLink.loss(0.01);
        BulkFlow flow = new BulkFlow(peers, connection, 0);
        run(3);

        flow.measure();
        run(6);

        assertThat(flow.megabitsPerSecond()).isGreaterThan(38);
    }

    @Test
    void shouldShareTheLinkInTheLongRun() {
        peers.clientLink.rate(BITS_PER_SECOND, 250_000);
        useBbr();
        BulkFlow first = flow(0);
        run(2);
        BulkFlow second = flow(1);
        run(20);

        first.measure();
        second.measure();
        run(20);

        double sum = first.megabitsPerSecond() + second.megabitsPerSecond();
        assertThat(first.megabitsPerSecond() / sum).isBetween(0.3, 0.7);
        assertThat(sum).isGreaterThan(42);
    }

    private static double withLoss(TestPeers peers) {
        peers.clientLink.rate(BITS_PER_SECOND, 250_000);
        Connection connection = peers.connect();
        assertThat(peers.runUntilEstablished(connection, SECOND)).isTrue();
        peers.clientLink.loss(0.02);
        BulkFlow flow = new BulkFlow(peers, connection, 0);
        peers.world.run(peers.world.nowNs() + SECOND);
        flow.measure();
        peers.world.run(peers.world.nowNs() + 3 * SECOND);
        return flow.megabitsPerSecond();
    }

    private void useBbr() {
        SplittableRandom random = new SplittableRandom(1);
        peers.adjustClient(
                config ->
                        config.withCongestion(
                                () -> new Bbr(Path.MIN_DATAGRAM_BYTES, random.split())));
    }

    private BulkFlow flow(int unusedStreams) {
        return new BulkFlow(peers, connect(), unusedStreams);
    }

    private Connection connect() {
        Connection connection = peers.connect();
        assertThat(peers.world.runUntil(connection::isEstablished, peers.world.nowNs() + SECOND))
                .isTrue();
        return connection;
    }

    private void run(int seconds) {
        peers.world.run(peers.world.nowNs() + seconds * SECOND);
    }
}
