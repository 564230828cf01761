package dev.tern.quic.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.sim.SimElement;
import dev.tern.quic.sim.SimExit;
import dev.tern.quic.sim.SimPacket;

import org.junit.jupiter.api.Test;

import java.util.function.IntUnaryOperator;

/** ECN from end to end (RFC 9000 §13.4, RFC 9002 §7.1). */
class EcnTest {
    private static final long MS = TestPeers.MS;
    private static final long SECOND = 1000 * MS;
    private static final int ECT_0 = 2;
    private static final int CE = 3;

    /** Something on the way that changes the marks of what leaves the client. */
    private static final class Marker implements SimElement {
        private IntUnaryOperator change = ecn -> ecn;
        private int marked;

        @Override
        public void onOutbound(SimPacket packet, long nowNs, SimExit exit) {
            marked += packet.ecn() == ECT_0 ? 1 : 0;
            int ecn = change.applyAsInt(packet.ecn());
            exit.outward(new SimPacket(packet.from(), packet.to(), packet.payload(), ecn), 0);
        }

        @Override
        public void onInbound(SimPacket packet, long nowNs, SimExit exit) {
            exit.inward(packet, 0);
        }
    }

    private final Marker marker = new Marker();
    private final TestPeers peers = new TestPeers(31, false);

    @Test
    void shouldMarkOnWhereMarksArrive() {
        Connection connection = connect();

        assertThat(connection.currentPath().isEcnCapable()).isTrue();
        assertThat(peers.serverEvents.connection.currentPath().isEcnCapable()).isTrue();
        int before = marker.marked;
        new Transfer(peers, connection, 100_000).finish();
        assertThat(marker.marked - before).isGreaterThan(65);
    }

    @Test
    void shouldStopMarkingWhereMarksAreRemoved() {
        marker.change = ecn -> 0;
        Connection connection = connect();
        int before = marker.marked;

        new Transfer(peers, connection, 100_000).finish();

        assertThat(connection.currentPath().isEcnCapable()).isFalse();
        assertThat(marker.marked - before).isLessThan(10);
    }

    @Test
    void shouldStopMarkingWhereMarksAreMangled() {
        marker.change = ecn -> 1;
        Connection connection = connect();
        int before = marker.marked;

        new Transfer(peers, connection, 100_000).finish();

        assertThat(connection.currentPath().isEcnCapable()).isFalse();
        assertThat(marker.marked - before).isLessThan(10);
    }

    @Test
    void shouldReduceTheWindowOnceForMarksOfOneRoundTrip() {
        peers.clientLink.rate(20_000_000, 1_000_000);
        Connection connection = connect();
        Transfer transfer = new Transfer(peers, connection, 3_000_000);
        transfer.write(500_000);
        long before = connection.currentPath().windowBytes();

        marker.change = ecn -> ecn == ECT_0 ? CE : ecn;
        peers.world.run(peers.world.nowNs() + 10 * MS);
        marker.change = ecn -> ecn;
        peers.world.run(peers.world.nowNs() + 40 * MS);

        assertThat((double) connection.currentPath().windowBytes() / before).isBetween(0.65, 0.95);
        transfer.finish();
    }

    @Test
    void shouldNotTreatMarksAsLoss() {
        Connection connection = connect();
        marker.change = ecn -> ecn == ECT_0 ? CE : ecn;

        new Transfer(peers, connection, 300_000).finish();

        assertThat(connection.currentPath().isEcnCapable()).isTrue();
        assertThat(connection.currentPath().loss().ptoCount()).isZero();
    }

    private Connection connect() {
        peers.clientHost.down(TestPeers.CLIENT);
        peers.clientHost.up(TestPeers.CLIENT, marker, peers.clientLink);
        Connection connection = peers.connect();
        assertThat(peers.runUntilEstablished(connection, SECOND)).isTrue();
        peers.world.run(peers.world.nowNs() + 100 * MS);
        return connection;
    }
}
