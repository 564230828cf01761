package dev.tern.quic.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.congestion.CongestionController;
import dev.tern.quic.congestion.ForwardingController;
import dev.tern.quic.congestion.NewReno;
import dev.tern.quic.path.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.concurrent.atomic.AtomicInteger;

/** Datagrams as large as the path carries (RFC 9000 §14). */
class MtuTest {
    private static final long MS = TestPeers.MS;
    private static final long SECOND = 1000 * MS;

    private final TestPeers peers = new TestPeers(41, false);

    @Test
    void shouldFillWhatAnEthernetCarries() {
        Connection connection = connect();
        new Transfer(peers, connection, 500_000).finish();
        assertThat(connection.currentPath().datagramBytes()).isEqualTo(1452);
    }

    @ParameterizedTest
    @ValueSource(ints = {1200, 1232, 1300, 1400})
    void shouldFindSmallerMtus(int mtuBytes) {
        peers.clientLink.rate(20_000_000, 100_000).mtuBytes(mtuBytes);
        Connection connection = connect();
        new Transfer(peers, connection, 3_000_000).finish();
        assertThat(connection.currentPath().datagramBytes()).isBetween(mtuBytes - 15, mtuBytes);
    }

    @Test
    void shouldSendNothingLargerWhereNothingIsToBeSent() {
        Connection connection = connect();
        peers.world.run(peers.world.nowNs() + SECOND);
        assertThat(connection.currentPath().datagramBytes()).isEqualTo(Path.MIN_DATAGRAM_BYTES);
    }

    @Test
    void shouldNotTakeLostProbesForCongestion() {
        AtomicInteger reductions = new AtomicInteger();
        peers.adjustClient(config -> config.withCongestion(() -> counting(reductions)));
        peers.clientLink.rate(20_000_000, 10_000_000).mtuBytes(1300);
        Connection connection = connect();

        new Transfer(peers, connection, 3_000_000).finish();

        assertThat(connection.currentPath().datagramBytes()).isGreaterThan(1284);
        assertThat(reductions).hasValue(0);
    }

    @Test
    void shouldGoOnWhenLargeDatagramsVanishUnderWay() {
        peers.clientLink.rate(50_000_000, 100_000);
        Connection connection = connect();
        Transfer transfer = new Transfer(peers, connection, 4_000_000).write(2_000_000);
        assertThat(connection.currentPath().datagramBytes()).isEqualTo(1452);

        peers.clientLink.mtuBytes(1250);
        long beforeNs = peers.world.nowNs();
        transfer.finish();

        assertThat(connection.currentPath().datagramBytes()).isBetween(1200, 1250);
        assertThat(peers.world.nowNs() - beforeNs).isLessThan(4 * SECOND);
    }

    @Test
    void shouldFindSizesUpToTheEmbeddersLimit() {
        peers.adjustClient(config -> config.withMaxUdpPayload(1900));
        Connection connection = connect();
        new Transfer(peers, connection, 500_000).finish();
        assertThat(connection.currentPath().datagramBytes()).isEqualTo(1900);
    }

    private static CongestionController counting(AtomicInteger reductions) {
        NewReno reno = new NewReno(Path.MIN_DATAGRAM_BYTES);
        return new ForwardingController(reno) {
            @Override
            public boolean onCongestionEvent(long sentTimeNs, long nowNs) {
                reductions.incrementAndGet();
                return reno.onCongestionEvent(sentTimeNs, nowNs);
            }
        };
    }

    private Connection connect() {
        Connection connection = peers.connect();
        assertThat(peers.runUntilEstablished(connection, SECOND)).isTrue();
        return connection;
    }
}
