package dev.tern.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

final class TicketSecretTest {
    @Test
    void shouldEqualAnotherWithTheSameBytes() {
        TicketSecret secret = TicketSecret.generate(new SplittableRandom(1));

        assertThat(secret)
                .isEqualTo(TicketSecret.of(secret.bytes()))
                .hasSameHashCodeAs(TicketSecret.of(secret.bytes()))
                .isNotEqualTo(TicketSecret.generate(new SplittableRandom(2)));
    }

    @Test
    void shouldNotShowItselfInLogs() {
        assertThat(TicketSecret.of(new byte[TicketSecret.BYTES])).hasToString("TicketSecret");
    }

    @Test
    void shouldNotChangeWithTheBytesItWasMadeOf() {
        byte[] bytes = new byte[TicketSecret.BYTES];
        TicketSecret secret = TicketSecret.of(bytes);

        bytes[0] = 1;
        secret.bytes()[1] = 1;

        assertThat(secret.bytes()).containsOnly(0);
    }
}
