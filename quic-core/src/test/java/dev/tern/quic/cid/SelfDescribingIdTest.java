package dev.tern.quic.cid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.wire.ConnectionId;

import org.junit.jupiter.api.Test;

import java.util.HexFormat;
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

    /** The plaintext vector of QUIC-LB: config 0, server ID c4605e, nonce 4504cc4f. */
    @Test
    void shouldBeginAsQuicLbDoes() {
        ConnectionId id = ConnectionId.of(HexFormat.of().parseHex("07c4605e4504cc4f"));

        assertThat(SelfDescribingId.firstByte(0, id.length())).isEqualTo(id.byteAt(0));
        assertThat(SelfDescribingId.epoch(id.byteAt(0))).isZero();
        assertThat(SelfDescribingId.length(id.byteAt(0))).isEqualTo(id.length());
        assertThat(SelfDescribingId.isRoutable(id.byteAt(0))).as("ours are encrypted").isFalse();
    }
}
