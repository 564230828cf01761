package dev.tern.quic.cid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.wire.ConnectionId;

import org.junit.jupiter.api.Test;

import java.util.Random;

class SelfDescribingIdTest {
    @Test
    void shouldMintDirectIdsThatSayWhatTheyAre() {
        Random random = new Random(1);

        ConnectionId first = SelfDescribingId.mintDirect(random);
        ConnectionId second = SelfDescribingId.mintDirect(random);

        assertThat(first.length()).isEqualTo(8);
        assertThat(first.byteAt(0)).isEqualTo((byte) 0b111_00111);
        assertThat(SelfDescribingId.length(first.byteAt(0))).isEqualTo(8);
        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void shouldTellDirectFromRoutableByTheFirstByte() {
        assertThat(SelfDescribingId.isDirect(0b111_00111)).isTrue();
        assertThat(SelfDescribingId.isRoutable(0b111_10000)).isFalse();
        for (int epoch = 0; epoch < 7; epoch++) {
            assertThat(SelfDescribingId.isDirect((epoch << 5) | 16)).isFalse();
            assertThat(SelfDescribingId.isRoutable((epoch << 5) | 16)).isTrue();
            assertThat(SelfDescribingId.isRoutable((epoch << 5) | 15)).isFalse();
        }
    }

    @Test
    void shouldReadSignedAndUnsignedBytesAlike() {
        assertThat(SelfDescribingId.isDirect((byte) 0xe7)).isTrue();
        assertThat(SelfDescribingId.length((byte) 0xe7)).isEqualTo(8);
        assertThat(SelfDescribingId.isRoutable((byte) 0xd0)).isTrue();
    }
}
