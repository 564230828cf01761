package dev.tern.crypto.resumption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tern.crypto.CipherSuite;
import dev.tern.crypto.SeededRandom;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

class TicketSealerTest {
    private static final long LIFETIME_MS = 60_000;
    private static final byte[] KEY = {1, 2, 3};

    private long nowMs = 1_800_000_000_000L;
    private final TicketSealer sealer = sealer(LIFETIME_MS);

    private TicketSealer sealer(long lifetimeMs) {
        return new TicketSealer(new SeededRandom(1), () -> nowMs, lifetimeMs, null);
    }

    private byte[] seal() {
        return sealer.seal(
                new SealedSession(
                        CipherSuite.AES_128_GCM_SHA256, KEY.clone(), 42, nowMs, session()));
    }

    private static Session session() {
        return new Session(
                "tern", "tern.example", new byte[] {4, 1, 9}, List.of(new byte[] {0x30, 0}));
    }

    @Test
    void shouldOpenWhatItSealed() {
        SealedSession opened = sealer.open(seal());

        assertThat(opened.suite()).isEqualTo(CipherSuite.AES_128_GCM_SHA256);
        assertThat(opened.preSharedKey()).isEqualTo(KEY);
        assertThat(opened.ageAdd()).isEqualTo(42);
        assertThat(opened.session()).usingRecursiveComparison().isEqualTo(session());
    }

    @Test
    void shouldOpenATicketUntilItsLastMomentWhateverTheKeysDo() {
        byte[] first = seal();
        nowMs += LIFETIME_MS - 1;
        byte[] last = seal();
        assertThat(sealer.open(first)).isNotNull();

        nowMs += 1;
        seal();
        assertThat(sealer.open(first)).isNull();
        nowMs += LIFETIME_MS - 2;
        assertThat(sealer.open(last)).isNotNull();
        nowMs += 1;
        assertThat(sealer.open(last)).isNull();
    }

    @Test
    void shouldSealUnderAnotherKeyAfterALifetime() {
        byte[] first = seal();
        nowMs += LIFETIME_MS;
        byte[] second = seal();

        assertThat(Arrays.copyOf(second, 8)).isNotEqualTo(Arrays.copyOf(first, 8));
    }

    @Test
    void shouldOpenNoTicketThatWasTouched() {
        byte[] ticket = seal();
        for (int i = 0; i < ticket.length; i++) {
            byte[] touched = ticket.clone();
            touched[i] ^= 1;
            assertThat(sealer.open(touched)).isNull();
        }
    }

    @Test
    void shouldOpenNoTicketOfAnotherServer() {
        TicketSealer other = new TicketSealer(new SeededRandom(2), () -> nowMs, LIFETIME_MS, null);

        assertThat(other.open(seal())).isNull();
    }

    @Test
    void shouldOpenNothingOnceDestroyed() {
        byte[] ticket = seal();
        sealer.destroy();

        assertThat(sealer.open(ticket)).isNull();
    }

    @Test
    void shouldKeepTicketsForAWeekAtMost() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sealer(TicketSealer.MAX_LIFETIME_MS + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> sealer(0));
    }

    @Property(tries = 200)
    void shouldSurviveGarbage(@ForAll byte[] garbage) {
        assertThat(sealer.open(garbage)).isNull();
    }

    @Test
    void shouldReadASessionTicketBack() {
        SessionTicket ticket =
                new SessionTicket(
                        CipherSuite.AES_128_GCM_SHA256,
                        new byte[] {9, 9},
                        KEY,
                        1L << 31,
                        nowMs,
                        LIFETIME_MS,
                        true,
                        session());

        SessionTicket read = SessionTicket.fromBytes(ticket.toBytes());

        assertThat(read).usingRecursiveComparison().isEqualTo(ticket);
        assertThat(read.obfuscatedAge(nowMs + 5)).isEqualTo((1L << 31) + 5);
        assertThat(read.isExpired(nowMs + LIFETIME_MS - 1)).isFalse();
        assertThat(read.isExpired(nowMs + LIFETIME_MS)).isTrue();
        assertThat(read.isExpired(nowMs - 1)).isTrue();
    }

    @Property(tries = 200)
    void shouldSayOfGarbageThatItIsNoSessionTicket(@ForAll byte[] garbage) {
        assertThatThrownBy(() -> SessionTicket.fromBytes(garbage))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldWipeTheKeyOfATicketThatIsDestroyed() {
        SessionTicket ticket =
                new SessionTicket(
                        CipherSuite.AES_128_GCM_SHA256,
                        new byte[1],
                        KEY,
                        0,
                        nowMs,
                        LIFETIME_MS,
                        false,
                        session());

        ticket.destroy();

        assertThat(ticket.preSharedKey()).containsOnly(0);
    }
}
