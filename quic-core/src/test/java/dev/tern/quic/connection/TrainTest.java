package dev.tern.quic.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Several datagrams in one piece, as a sender with segmentation offload takes them. */
class TrainTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int PACKETS_OF_A_FRESH_WINDOW = 10;

    private record Peers(TestPeers all, Connection client, Stream stream) {}

    private static Peers established(int seed) {
        TestPeers peers = new TestPeers(seed, false);
        Connection client = peers.connect();
        assertThat(peers.runUntilEstablished(client, 10 * SECOND)).isTrue();
        peers.world.runUntil(() -> false, peers.world.nowNs() + SECOND);
        return new Peers(peers, client, client.streams().open(true));
    }

    private static List<byte[]> datagrams(Transmit transmit) {
        List<byte[]> datagrams = new ArrayList<>();
        int each = transmit.datagramBytes();
        transmit.fetch();
        for (int from = 0; from < transmit.length(); from += each) {
            int to = Math.min(from + each, transmit.length());
            datagrams.add(Arrays.copyOfRange(transmit.buffer(), from, to));
        }
        return datagrams;
    }

    private static List<byte[]> poll(Peers peers, Transmit transmit) {
        List<byte[]> datagrams = new ArrayList<>();
        while (peers.client.pollTransmit(transmit, peers.all.world.nowNs())) {
            datagrams.addAll(datagrams(transmit));
        }
        return datagrams;
    }

    private static void write(Peers peers, int bytes) {
        byte[] data = new byte[bytes];
        Arrays.fill(data, (byte) 'x');
        peers.stream.send().write(data, 0, bytes);
    }

    /** The first that is no probe of the path's MTU, which goes alone. */
    private static Transmit firstTrain(Peers peers) {
        Transmit transmit = Transmit.ofTrains();
        while (peers.client.pollTransmit(transmit, peers.all.world.nowNs())) {
            if (transmit.datagrams() > 1) {
                return transmit;
            }
        }
        throw new AssertionError("no train");
    }

    @Test
    void shouldFillATrainWithWhatTheWindowAndThePaceLetOut() {
        Peers peers = established(1);
        write(peers, 1 << 20);

        Transmit train = firstTrain(peers);

        assertThat(train.datagrams()).isGreaterThanOrEqualTo(PACKETS_OF_A_FRESH_WINDOW / 2);
        assertThat(train.length() % train.datagramBytes()).isZero();
    }

    @Test
    void shouldEndATrainWithTheShorterDatagramThatHasTheLastByte() {
        Peers peers = established(2);
        write(peers, 3000);
        peers.stream.send().finish();

        Transmit train = firstTrain(peers);

        assertThat(train.datagrams()).isEqualTo(3);
        assertThat(train.length()).isBetween(3000, 3200);
        assertThat(peers.client.pollTransmit(train, peers.all.world.nowNs())).isFalse();
    }

    @Test
    void shouldNoteOneDatagramAsOne() {
        Peers peers = established(3);
        write(peers, 10);
        Transmit transmit = Transmit.ofTrains();

        assertThat(peers.client.pollTransmit(transmit, peers.all.world.nowNs())).isTrue();

        assertThat(transmit.datagrams()).isEqualTo(1);
        assertThat(transmit.datagramBytes()).isEqualTo(transmit.length());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldHoldTheDatagramsThatWouldHaveGoneOneByOne(int seed) {
        Peers together = established(seed);
        Peers single = established(seed);
        write(together, 5000 * seed);
        write(single, 5000 * seed);

        Transmit transmit = Transmit.ofTrains();
        if (seed % 2 == 0) {
            transmit.target(Arena.global().allocate(Transmit.MAX_TRAIN_BYTES + 3), 3);
        }
        List<byte[]> train = poll(together, transmit);
        List<byte[]> oneByOne = poll(single, new Transmit());

        assertThat(train).hasSizeGreaterThan(3);
        assertThat(train).usingElementComparator(Arrays::compare).isEqualTo(oneByOne);
    }
}
