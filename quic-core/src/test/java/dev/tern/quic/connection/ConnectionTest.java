package dev.tern.quic.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.SplittableRandom;

class ConnectionTest {
    private static final long MS = TestPeers.MS;
    private static final long SECOND = 1000 * MS;

    @Test
    void shouldCompleteHandshakeInOneAndAHalfRoundTrips() {
        TestPeers peers = new TestPeers(1, false);
        long startNs = peers.world.nowNs();

        Connection connection = peers.connect();

        assertThat(peers.runUntilEstablished(connection, SECOND)).isTrue();
        assertThat(peers.world.nowNs() - startNs).isEqualTo(60 * MS);
        assertThat(connection.tls().applicationProtocol()).isEqualTo(TestPeers.PROTOCOL);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void shouldSurviveTheLossOfEachOfTheFirstTenDatagrams(int index) {
        for (boolean fromClient : new boolean[] {true, false}) {
            TestPeers peers = new TestPeers(index, false);
            if (fromClient) {
                peers.clientLink.dropOutbound(n -> n == index);
            } else {
                peers.clientLink.dropInbound(n -> n == index);
            }
            transfer(peers, 20_000);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldTransferAMegabyteExactlyUnderLossAndReordering(long seed) {
        TestPeers peers = new TestPeers(seed, false);
        peers.clientLink.loss(0.05).reorder(0.05, 5 * MS).duplicate(0.01);
        transfer(peers, 1 << 20);
    }

    @Test
    void shouldSurviveCorruption() {
        TestPeers peers = new TestPeers(7, false);
        peers.clientLink.corrupt(0.02);
        transfer(peers, 100_000);
    }

    private static void transfer(TestPeers peers, int bytes) {
        byte[] sent = new byte[bytes];
        new SplittableRandom(bytes).nextBytes(sent);
        Connection connection = peers.connect();
        assertThat(peers.runUntilEstablished(connection, 10 * SECOND)).isTrue();

        Stream stream = connection.streams().open(true);
        int offset = 0;
        while (offset < bytes) {
            int n = stream.send().write(sent, offset, bytes - offset);
            offset += n;
            if (n == 0) {
                peers.flush();
                assertThat(
                                peers.world.runUntil(
                                        () -> stream.send().writableBytes() > 0,
                                        peers.world.nowNs() + 60 * SECOND))
                        .isTrue();
            }
        }
        stream.send().finish();
        peers.flush();

        assertThat(
                        peers.world.runUntil(
                                () -> peers.serverEvents.ended.contains(stream.id()),
                                peers.world.nowNs() + 60 * SECOND))
                .isTrue();
        byte[] received = peers.serverEvents.received.get(stream.id()).toByteArray();
        assertThat(Arrays.equals(sent, received)).isTrue();
    }
}
