package dev.tern.quic.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SendCreditTest {
    @Test
    void shouldIgnoreLowerLimits() {
        SendCredit credit = new SendCredit();

        assertThat(credit.availableBytes()).isZero();
        assertThat(credit.raise(100)).isTrue();
        assertThat(credit.raise(100)).isFalse();
        assertThat(credit.raise(50)).isFalse();
        credit.use(60);
        assertThat(credit.availableBytes()).isEqualTo(40);
        assertThat(credit.limitBytes()).isEqualTo(100);
    }
}
