package dev.tern.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.connection.CloseReason;

import org.junit.jupiter.api.Test;

/** A peer id alone opens no door: the ticket's secret does (DESIGN §5). */
class AdmissionTest {
    private static final long SECOND = PeerWorld.SECOND;
    private static final byte[] KNOWN = new byte[TicketSecret.BYTES];

    private final PeerWorld peers = PeerWorld.ordinary(11);
    private final Messenger acceptor = new Messenger(peers);
    private final Messenger dialler =
            new Messenger(peers) {
                @Override
                public void onEstablished(PeerConnection on, long nowNs) {
                    super.onEstablished(on, nowNs);
                    startSending();
                }
            };

    private void dialWith(byte[] secret) {
        peers.a.node.listen(TicketSecret.of(KNOWN), connection -> acceptor);
        peers.run(SECOND);
        Ticket ticket = new Ticket(peers.a.node.peerId(), peers.relay, TicketSecret.of(secret));
        peers.b.node.dial(ticket, dialler, peers.world.nowNs());
        peers.flush();
        peers.run(SECOND / 2);
    }

    @Test
    void shouldServeADiallerWithTheSecret() {
        dialWith(KNOWN.clone());

        assertThat(acceptor.established).isTrue();
        assertThat(acceptor.received).isPositive();
        assertThat(dialler.closed).isNull();
    }

    @Test
    void shouldGiveNothingToADiallerWithoutTheSecret() {
        byte[] guessed = KNOWN.clone();
        guessed[15] ^= 1;

        dialWith(guessed);

        assertThat(acceptor.established).as("the application hears of it").isFalse();
        assertThat(acceptor.received).isZero();
        assertThat(dialler.firstByteNs).as("a byte from the acceptor").isNegative();
        assertThat(dialler.closed.cause()).isEqualTo(CloseReason.Cause.PEER);
        assertThat(dialler.closed.code()).isEqualTo(Admission.REFUSED_CODE);
        assertThat(peers.a.node.connections()).isEmpty();
        assertThat(peers.b.node.connections()).isEmpty();
    }

    @Test
    void shouldLeaveNoCandidateWithADiallerWithoutTheSecret() {
        byte[] guessed = KNOWN.clone();
        guessed[0] ^= (byte) 0x80;

        dialWith(guessed);

        assertThat(dialler.switches).isEmpty();
    }
}
