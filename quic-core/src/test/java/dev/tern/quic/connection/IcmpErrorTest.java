package dev.tern.quic.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.path.IcmpError;
import dev.tern.quic.sim.SimObserver;
import dev.tern.quic.stream.Stream;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What ICMP says is believed little, for it can be forged (RFC 9000 §14.2.1, §21). */
class IcmpErrorTest {
    private static final long MS = TestPeers.MS;
    private static final long SECOND = 1000 * MS;
    private static final int QUOTED_BYTES = 64;

    private final TestPeers peers = new TestPeers(1, false);

    /** What the client sent, as far as ICMP would quote it. */
    private final List<byte[]> sent = new ArrayList<>();

    IcmpErrorTest() {
        peers.world
                .network()
                .observe(
                        (event, packet, nowNs) -> {
                            if (event == SimObserver.Event.SENT
                                    && packet.from().equals(TestPeers.CLIENT)) {
                                sent.add(Arrays.copyOf(packet.payload(), QUOTED_BYTES));
                            }
                        });
    }

    private void report(IcmpError error, byte[] quoted) {
        report(error, TestPeers.SERVER, quoted);
    }

    private void report(IcmpError error, InetSocketAddress destination, byte[] quoted) {
        peers.client.onIcmpError(
                TestPeers.CLIENT, destination, error, quoted, 0, quoted.length, now());
        peers.flush();
        peers.world.run(now());
    }

    private long now() {
        return peers.world.nowNs();
    }

    private Connection connectToNobody() {
        peers.serverHost.down(TestPeers.SERVER);
        Connection connection = peers.connect();
        peers.world.run(now());
        return connection;
    }

    private Connection connectAndRest() {
        Connection connection = peers.connect();
        assertThat(peers.runUntilEstablished(connection, SECOND)).isTrue();
        peers.world.run(now() + SECOND);
        return connection;
    }

    @Test
    void shouldGiveUpDiallingWhenTwoTransmissionsFoundNobody() {
        connectToNobody();
        report(IcmpError.PORT_UNREACHABLE, sent.getLast());
        assertThat(peers.clientEvents.closed).isNull();
        peers.world.run(now() + 1100 * MS);

        report(IcmpError.PORT_UNREACHABLE, sent.getLast());

        assertThat(peers.clientEvents.closed.cause()).isEqualTo(CloseReason.Cause.UNREACHABLE);
        assertThat(peers.clientEvents.closed.message())
                .isEqualTo("no one listens at 198.51.100.1:4433");
        assertThat(peers.client.connections()).isEmpty();
    }

    @Test
    void shouldNotBelieveManyMessagesAboutOneTransmission() {
        connectToNobody();

        for (int i = 0; i < 100; i++) {
            report(IcmpError.PORT_UNREACHABLE, sent.getFirst());
        }

        assertThat(peers.clientEvents.closed).isNull();
    }

    @Test
    void shouldNotGiveUpForWhatMayPass() {
        connectToNobody();

        for (int i = 0; i < 4; i++) {
            report(IcmpError.HOST_UNREACHABLE, sent.getLast());
            report(IcmpError.NETWORK_UNREACHABLE, sent.getLast());
            report(IcmpError.PACKET_TOO_BIG, sent.getLast());
            peers.world.run(now() + 1100 * MS);
        }

        assertThat(peers.clientEvents.closed).isNull();
    }

    @Test
    void shouldNotBelieveWhoDoesNotKnowTheConnectionIds() {
        connectToNobody();

        for (int i = 0; i < 3; i++) {
            byte[] otherSource = sent.getLast().clone();
            otherSource[15]++;
            report(IcmpError.PORT_UNREACHABLE, otherSource);
            byte[] otherDestination = sent.getLast().clone();
            otherDestination[6]++;
            report(IcmpError.PORT_UNREACHABLE, otherDestination);
            report(IcmpError.PORT_UNREACHABLE, new byte[0]);
            report(
                    IcmpError.PORT_UNREACHABLE,
                    new InetSocketAddress("198.51.100.2", 4433),
                    sent.getLast());
            peers.world.run(now() + 1100 * MS);
        }

        assertThat(peers.clientEvents.closed).isNull();
    }

    @Test
    void shouldNotGiveUpOnceTheServerWasHeard() {
        // The first answer arrives, and then nothing more.
        peers.clientLink.dropInbound(index -> index > 0);
        peers.connect();
        peers.world.run(now() + 100 * MS);

        for (int i = 0; i < 5; i++) {
            sent.forEach(quoted -> report(IcmpError.PORT_UNREACHABLE, quoted));
            peers.world.run(now() + 500 * MS);
        }

        assertThat(peers.clientEvents.closed).isNull();
    }

    @Test
    void shouldProbeThePathOfAnEstablishedConnectionAtOnceAndKeepIt() {
        connectAndRest();
        int before = sent.size();

        report(IcmpError.PORT_UNREACHABLE, sent.getLast());

        assertThat(sent).hasSize(before + 1);
        assertThat(peers.clientEvents.suspicions).containsExactly(IcmpError.PORT_UNREACHABLE);
        peers.world.run(now() + SECOND);
        assertThat(peers.clientEvents.closed).isNull();
    }

    @Test
    void shouldSendAgainAtOnceWhatIsInFlight() {
        Connection connection = connectAndRest();
        peers.serverLink.dropInbound(index -> true);
        Stream stream = connection.streams().open(false);
        stream.send().write(new byte[] {1}, 0, 1);
        peers.flush();
        peers.world.run(now());
        int before = sent.size();

        report(IcmpError.HOST_UNREACHABLE, sent.getLast());

        assertThat(sent.size()).isGreaterThan(before);
        assertThat(connection.currentPath().loss().ptoCount()).isOne();
    }

    @Test
    void shouldProbeNoMoreThanOnceInAProbeTimeoutHoweverManyAreForged() {
        connectAndRest();
        int before = sent.size();

        for (int i = 0; i < 1000; i++) {
            report(IcmpError.PORT_UNREACHABLE, sent.get(before - 1));
        }

        assertThat(sent).hasSize(before + 1);
        assertThat(peers.clientEvents.suspicions).hasSize(1);
    }

    @Test
    void shouldNotMakeDatagramsSmallerForWhatAnybodyMaySay() {
        Connection connection = connectAndRest();
        int bytes = connection.currentPath().datagramBytes();
        int before = sent.size();

        report(IcmpError.PACKET_TOO_BIG, sent.getLast());

        assertThat(connection.currentPath().datagramBytes()).isEqualTo(bytes);
        assertThat(sent).hasSize(before);
        assertThat(peers.clientEvents.suspicions).isEmpty();
    }
}
