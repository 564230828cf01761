package dev.tern.quic.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.sim.SimRebinding;
import dev.tern.quic.stream.Stream;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The simulated host complains of a node whose deadline stays due whatever it does. */
class AmplificationTimerTest {
    private static final long MS = TestPeers.MS;
    private static final long SECOND = 1000 * MS;

    private final TestPeers peers = new TestPeers(1, false);
    private final SimRebinding nat;

    AmplificationTimerTest() throws UnknownHostException {
        nat = new SimRebinding(InetAddress.getByName("203.0.113.1"));
        peers.clientHost.down(TestPeers.CLIENT);
        peers.clientHost.up(TestPeers.CLIENT, peers.clientLink, nat);
    }

    @Test
    void shouldNotSpinOverAnAckThatMayNotLeaveYet() {
        Connection connection = peers.connect();
        assertThat(peers.runUntilEstablished(connection, SECOND)).isTrue();
        peers.world.run(peers.world.nowNs() + SECOND);
        nat.rebind();

        // Too small to be answered at its new address by a whole datagram.
        Stream stream = connection.streams().open(false);
        stream.send().write(new byte[] {1}, 0, 1);
        peers.flush();
        peers.world.run(peers.world.nowNs() + SECOND);

        assertThat(peers.serverEvents.received).containsKey(stream.id());
    }

    @Test
    void shouldNotSpinInAHandshakeWithoutANetwork() {
        // The round trip is known, and probe timeouts are short.
        peers.clientLink.dropInbound(index -> index > 0);
        peers.connect();
        peers.world.run(peers.world.nowNs() + 100 * MS);
        peers.clientHost.down(TestPeers.CLIENT);
        peers.world.run(peers.world.nowNs() + 40 * SECOND);

        assertThat(peers.clientEvents.closed.cause()).isEqualTo(CloseReason.Cause.IDLE);
    }
}
