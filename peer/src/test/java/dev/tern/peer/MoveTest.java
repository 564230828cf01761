package dev.tern.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.nat.emulator.NatKind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The figures of DESIGN §5, exact in virtual time. */
class MoveTest {
    private static final long MS = PeerWorld.MS;
    private static final long SECOND = PeerWorld.SECOND;
    private static final double ALLOWANCE_MS = 10;

    @Test
    void shouldHearTheFirstByteTwoRelayRoundTripsAfterTheDial() {
        PeerWorld peers = PeerWorld.ordinary(1);
        Pair pair = new Pair(peers);

        long dialNs = pair.dial();

        assertThat(peers.runUntil(() -> pair.acceptor.firstByteNs >= 0, SECOND)).isTrue();
        assertThat((pair.acceptor.firstByteNs - dialNs) / 1e6).isBetween(80.0, 81.0);
    }

    @Test
    void shouldBecomeDirectThroughPortRestrictedNats() {
        PeerWorld peers = PeerWorld.ordinary(2);
        Pair pair = new Pair(peers);
        long dialNs = pair.dial();
        peers.runUntil(() -> pair.acceptor.firstByteNs >= 0, SECOND);
        long firstByteNs = peers.world.nowNs();

        assertThat(peers.runUntil(pair::bothDirect, SECOND)).isTrue();

        double sinceFirstByteMs = (peers.world.nowNs() - firstByteNs) / 1e6;
        assertThat(sinceFirstByteMs).isLessThanOrEqualTo(20 + 40 + 40 + ALLOWANCE_MS);
        assertThat((peers.world.nowNs() - dialNs) / 1e6).isLessThanOrEqualTo(300);
    }

    @ParameterizedTest
    @CsvSource({
        "20, 20, A", "20, 20, B", "20, 20, AB",
        "50, 5, A", "50, 5, B", "50, 5, AB",
        "5, 50, A", "5, 50, B", "5, 50, AB"
    })
    void shouldPauseNoLongerThanTheRelayTakes(long legA, long legB, String movers) {
        PeerWorld peers =
                new PeerWorld(
                        3, NatKind.PORT_RESTRICTED, NatKind.PORT_RESTRICTED, legA * MS, legB * MS);
        Pair pair = new Pair(peers);
        pair.dial();
        assertThat(peers.runUntil(pair::bothDirect, 2 * SECOND)).isTrue();
        peers.run(300 * MS);
        pair.a.resetGap();
        pair.b.resetGap();

        if (movers.contains("A")) {
            peers.a.move();
        }
        if (movers.contains("B")) {
            peers.b.move();
        }
        peers.flush();
        peers.run(SECOND);

        double relayRttMs = legA + legB;
        boolean both = movers.length() == 2;
        double towardsA = both || movers.equals("A") ? relayRttMs : relayRttMs / 2;
        double towardsB = both || movers.equals("B") ? relayRttMs : relayRttMs / 2;
        assertThat(pair.a.pauseMs())
                .as("pause towards A")
                .isLessThanOrEqualTo(towardsA + ALLOWANCE_MS);
        assertThat(pair.b.pauseMs())
                .as("pause towards B")
                .isLessThanOrEqualTo(towardsB + ALLOWANCE_MS);
        assertThat(pair.bothDirect()).isTrue();
        assertThat(pair.a.lostOrRepeated + pair.b.lostOrRepeated).isZero();
        assertThat(pair.a.handshakes + pair.b.handshakes).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"A", "B", "AB"})
    void shouldKeepMessagesFlowingWhileAFileFillsTheLink(String movers) {
        PeerWorld peers = PeerWorld.ordinary(4);
        Pair pair = new Pair(peers);
        pair.dial();
        assertThat(peers.runUntil(pair::bothDirect, 2 * SECOND)).isTrue();
        pair.a.startBulk(30_000_000);
        peers.run(SECOND);
        pair.a.resetGap();
        pair.b.resetGap();

        if (movers.contains("A")) {
            peers.a.move();
        }
        if (movers.contains("B")) {
            peers.b.move();
        }
        peers.flush();
        peers.run(500 * MS);

        // What the peer resends waits behind the file's bytes that already stand in its own queue.
        double queueMs = movers.contains("B") ? 50 : 0;
        assertThat(pair.b.pauseMs())
                .as("pause towards B")
                .isLessThanOrEqualTo(40 + queueMs + ALLOWANCE_MS);
        assertThat(pair.a.pauseMs()).as("pause towards A").isLessThanOrEqualTo(40 + ALLOWANCE_MS);
        assertThat(pair.bothDirect()).isTrue();
        assertThat(peers.runUntil(() -> pair.b.bulkReceived == 30_000_000, 20 * SECOND)).isTrue();
        assertThat(pair.a.lostOrRepeated + pair.b.lostOrRepeated).isZero();
    }

    @Test
    void shouldNeverChaseBetweenTwoGoodPaths() {
        PeerWorld peers = PeerWorld.ordinary(5);
        Pair pair = new Pair(peers);
        pair.dial();

        peers.run(60 * SECOND);

        assertThat(pair.a.switches).containsExactly("BETTER direct");
        assertThat(pair.b.switches).containsExactly("BETTER direct");
    }

    @Test
    void shouldFallBackToTheRelayWhenTheDirectPathDiesSilently() {
        PeerWorld peers = PeerWorld.ordinary(12);
        Pair pair = new Pair(peers);
        pair.dial();
        assertThat(peers.runUntil(pair::bothDirect, 2 * SECOND)).isTrue();
        peers.run(SECOND);
        pair.a.resetGap();
        pair.b.resetGap();

        peers.directBlock.on = true;
        peers.run(2 * SECOND);

        assertThat(pair.bothDirect()).isFalse();
        assertThat(pair.a.pauseMs()).isLessThanOrEqualTo(500);
        assertThat(pair.b.pauseMs()).isLessThanOrEqualTo(500);

        peers.directBlock.on = false;
        assertThat(peers.runUntil(pair::bothDirect, 60 * SECOND)).isTrue();
        assertThat(pair.a.lostOrRepeated + pair.b.lostOrRepeated).isZero();
    }

    @ParameterizedTest
    @CsvSource({"A", "B"})
    void shouldFindADirectPathAfterEachOfManyQuickMoves(String mover) {
        PeerWorld peers = PeerWorld.ordinary(13);
        Pair pair = new Pair(peers);
        pair.dial();
        assertThat(peers.runUntil(pair::bothDirect, 2 * SECOND)).isTrue();
        for (int i = 0; i < 4; i++) {
            peers.run(1_500 * MS);
            (mover.equals("A") ? peers.a : peers.b).move();
            peers.flush();
            peers.run(60 * MS);
            assertThat(peers.runUntil(pair::bothDirect, 240 * MS))
                    .as("direct after move " + i)
                    .isTrue();
        }
    }

    @Test
    void shouldSurviveTwentyMovesOfEitherSideInTurn() {
        PeerWorld peers = PeerWorld.ordinary(6);
        Pair pair = new Pair(peers);
        pair.dial();
        for (int i = 0; i < 20; i++) {
            assertThat(peers.runUntil(pair::bothDirect, 20 * SECOND))
                    .as("direct before move " + i)
                    .isTrue();
            peers.run(5 * SECOND);
            (i % 2 == 0 ? peers.a : peers.b).move();
            peers.flush();
            peers.run(100 * MS);
        }
        assertThat(peers.runUntil(pair::bothDirect, 20 * SECOND)).isTrue();
        assertThat(pair.a.lostOrRepeated + pair.b.lostOrRepeated).isZero();
        assertThat(pair.a.closed).isNull();
    }

    @Test
    void shouldSurviveAMoveWhileStillRelayedByTheLast() {
        PeerWorld peers = PeerWorld.ordinary(7);
        Pair pair = new Pair(peers);
        pair.dial();
        assertThat(peers.runUntil(pair::bothDirect, 2 * SECOND)).isTrue();
        peers.run(SECOND);

        peers.a.move();
        peers.flush();
        peers.run(50 * MS);
        pair.b.resetGap();
        peers.a.move();
        peers.flush();
        peers.run(500 * MS);

        assertThat(pair.b.pauseMs()).isLessThanOrEqualTo(20 + ALLOWANCE_MS);
        assertThat(pair.bothDirect()).isTrue();
        assertThat(pair.a.lostOrRepeated + pair.b.lostOrRepeated).isZero();
    }

    @Test
    void shouldCarryOnAfterAnOutage() {
        PeerWorld peers = PeerWorld.ordinary(8);
        Pair pair = new Pair(peers);
        pair.dial();
        assertThat(peers.runUntil(pair::bothDirect, 2 * SECOND)).isTrue();
        peers.a.leaveNetwork();
        peers.flush();
        peers.run(20 * SECOND);
        pair.b.resetGap();

        peers.a.enterNetwork();
        peers.flush();
        long backNs = peers.world.nowNs();
        assertThat(peers.runUntil(() -> pair.b.worstGapNs > 0, SECOND)).isTrue();

        assertThat((peers.world.nowNs() - backNs) / 1e6).isLessThanOrEqualTo(20 + ALLOWANCE_MS);
        assertThat(peers.runUntil(pair::bothDirect, 5 * SECOND)).isTrue();
        assertThat(pair.a.lostOrRepeated + pair.b.lostOrRepeated).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "FULL_CONE, SYMMETRIC, true",
        "ADDRESS_RESTRICTED, SYMMETRIC, true",
        "PORT_RESTRICTED, SYMMETRIC, false",
        "SYMMETRIC, SYMMETRIC, false",
        "NONE, SYMMETRIC, true",
        "NONE, NONE, true"
    })
    void shouldBeDirectWhereTheNatsAllowIt(NatKind natA, NatKind natB, boolean direct) {
        PeerWorld peers = new PeerWorld(9, natA, natB, 20 * MS, 20 * MS);
        Pair pair = new Pair(peers);
        pair.dial();

        peers.run(10 * SECOND);

        assertThat(pair.bothDirect()).isEqualTo(direct);
        assertThat(pair.a.received).isGreaterThan(9_000);
    }

    @Test
    void shouldHappenTheSameWayForTheSameSeed() {
        assertThat(traceOf(10)).isEqualTo(traceOf(10)).isNotEqualTo(traceOf(11));
    }

    private static long traceOf(long seed) {
        PeerWorld peers = PeerWorld.ordinary(seed);
        Pair pair = new Pair(peers);
        pair.dial();
        peers.run(SECOND);
        peers.a.move();
        peers.flush();
        peers.run(SECOND);
        return peers.world.traceHash();
    }

    /** Two messengers, A's and B's; B dials. */
    static final class Pair {
        final PeerWorld peers;
        final Messenger a;
        final Messenger b;
        final Messenger acceptor;
        private final TicketSecret secret = TicketSecret.of(new byte[TicketSecret.BYTES]);

        Pair(PeerWorld peers) {
            this.peers = peers;
            a =
                    new Messenger(peers) {
                        @Override
                        public void onEstablished(PeerConnection on, long nowNs) {
                            super.onEstablished(on, nowNs);
                            startSending();
                        }
                    };
            b =
                    new Messenger(peers) {
                        @Override
                        public void onEstablished(PeerConnection on, long nowNs) {
                            super.onEstablished(on, nowNs);
                            startSending();
                        }
                    };
            acceptor = a;
            peers.a.node.listen(secret, connection -> a);
            peers.run(SECOND);
        }

        long dial() {
            long nowNs = peers.world.nowNs();
            Ticket ticket = new Ticket(peers.a.node.peerId(), peers.relay, secret);
            peers.b.node.dial(ticket, b, nowNs);
            peers.flush();
            return nowNs;
        }

        boolean bothDirect() {
            return a.isDirect() && b.isDirect();
        }
    }
}
