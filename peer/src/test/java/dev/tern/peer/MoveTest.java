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
