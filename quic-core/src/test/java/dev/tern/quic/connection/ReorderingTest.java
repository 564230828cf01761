package dev.tern.quic.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.congestion.CongestionController;
import dev.tern.quic.congestion.Cubic;
import dev.tern.quic.congestion.ForwardingController;
import dev.tern.quic.path.Path;

import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicInteger;

/** Reordering taken for loss, and taken back (RFC 9002 §7.3.2, RFC 9438 §4.9). */
class ReorderingTest {
    private static final long MS = TestPeers.MS;
    private static final long SECOND = 1000 * MS;

    private final TestPeers peers = new TestPeers(61, false);
    private final AtomicInteger reductions = new AtomicInteger();
    private final AtomicInteger undone = new AtomicInteger();

    @Test
    void shouldRestoreTheWindowWhenWhatSeemedLostArrives() {
        Connection connection = connect();
        Transfer transfer = new Transfer(peers, connection, 4_000_000).write(1_000_000);
        long before = connection.currentPath().windowBytes();

        peers.clientLink.reorder(0.02, 8 * MS);
        transfer.write(200_000);
        peers.clientLink.reorder(0, 0);
        transfer.write(500_000);

        assertThat(reductions.get()).isPositive();
        assertThat(undone).hasValue(reductions.get());
        assertThat(connection.currentPath().windowBytes()).isGreaterThanOrEqualTo(before);
        transfer.finish();
    }

    @Test
    void shouldGetUsedToANetworkThatAlwaysReorders() {
        Connection connection = connect();
        peers.clientLink.reorder(0.02, 8 * MS);
        Transfer transfer = new Transfer(peers, connection, 6_000_000).write(3_000_000);
        int early = reductions.get();

        transfer.finish();

        assertThat(early).isPositive();
        assertThat(reductions.get() - early).isLessThanOrEqualTo(early);
    }

    private CongestionController counting() {
        Cubic cubic = new Cubic(Path.MIN_DATAGRAM_BYTES);
        return new ForwardingController(cubic) {
            @Override
            public boolean onCongestionEvent(long sentTimeNs, long nowNs) {
                boolean reduced = cubic.onCongestionEvent(sentTimeNs, nowNs);
                reductions.addAndGet(reduced ? 1 : 0);
                return reduced;
            }

            @Override
            public void undoLastReduction() {
                undone.incrementAndGet();
                cubic.undoLastReduction();
            }
        };
    }

    private Connection connect() {
        peers.adjustClient(config -> config.withCongestion(this::counting));
        peers.clientLink.rate(40_000_000, 2_000_000);
        Connection connection = peers.connect();
        assertThat(peers.runUntilEstablished(connection, SECOND)).isTrue();
        return connection;
    }
}
