package dev.tern.nat.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class NatKindTest {
    @ParameterizedTest
    @EnumSource(NatKind.class)
    void shouldReadWhatItWrites(NatKind kind) {
        assertThat(NatKind.parse(kind.word())).isEqualTo(kind);
    }

    @Test
    void shouldNameTheWordsWhereThereIsNoSuchKind() {
        assertThatThrownBy(() -> NatKind.parse("conical"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "no such kind of NAT: conical; use one of none, full-cone,"
                                + " address-restricted, port-restricted, symmetric");
    }
}
