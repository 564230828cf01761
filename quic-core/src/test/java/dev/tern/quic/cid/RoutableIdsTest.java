package dev.tern.quic.cid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tern.quic.wire.ConnectionId;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.HexFormat;

class RoutableIdsTest {
    private static final BlockCipher CIPHER =
            new AesBlocks(HexFormat.of().parseHex("8f95f09245765f80256934e50c66207f"));

    private static final BlockCipher NO_CIPHER =
            new BlockCipher() {
                @Override
                public void encrypt(byte[] buffer, int offset) {}

                @Override
                public void decrypt(byte[] buffer, int offset) {}
            };

    private final RoutableIds ids = new RoutableIds();
    private final byte[] packet = new byte[40];

    /** The single-pass vector of QUIC-LB, its 16 bytes split as ours are. */
    @Test
    void shouldEncryptAsQuicLbDoes() {
        ids.startEpoch(2, CIPHER);

        ConnectionId id = ids.mint(0xed79, 0x3a51d49b8f5fee08L, 0x0dbf48c0d1e5L);

        assertThat(id).hasToString("504dd2d05a7b0de9b2b9907afb5ecf8cc3");
    }

    /** Without a cipher the fields stand where QUIC-LB's plaintext form has them. */
    @Test
    void shouldPutServerIdBeforeNonceAsQuicLbDoes() {
        ids.startEpoch(0, NO_CIPHER);

        ConnectionId id = ids.mint(0xc460, 0x5e11223344556677L, 0x4504cc4f8899L);

        assertThat(id).hasToString("10" + "c460" + "5e11223344556677" + "4504cc4f8899");
    }

    @Property(tries = 300)
    void shouldReadWhatItMinted(
            @ForAll @IntRange(max = 6) int epoch,
            @ForAll @IntRange(max = 0xffff) int relayId,
            @ForAll long routeTag,
            @ForAll @LongRange(max = RoutableIds.MAX_NONCE) long nonce) {
        ids.startEpoch(epoch, CIPHER);
        ids.mint(relayId, routeTag, nonce).copyTo(packet, 5);
        byte[] before = packet.clone();

        assertThat(ids.read(packet, 5, RoutableIds.LENGTH)).isTrue();

        assertThat(ids.relayId()).isEqualTo(relayId);
        assertThat(ids.routeTag()).isEqualTo(routeTag);
        assertThat(packet).isEqualTo(before);
        assertThat(SelfDescribingId.isRoutable(packet[5])).isTrue();
    }

    @Test
    void shouldReadOldEpochsUntilTheyEnd() {
        ids.startEpoch(0, CIPHER);
        ids.mint(1, 2, 3).copyTo(packet, 0);
        ids.startEpoch(1, new AesBlocks(new byte[16]));

        assertThat(ids.read(packet, 0, RoutableIds.LENGTH)).isTrue();
        assertThat(ids.routeTag()).isEqualTo(2);

        ids.endEpoch(0);
        assertThat(ids.read(packet, 0, RoutableIds.LENGTH)).isFalse();
        assertThat(SelfDescribingId.epoch(ids.mint(1, 2, 3).byteAt(0))).isEqualTo(1);
    }

    @Test
    void shouldNotReadIdsOfAnotherLength() {
        ids.startEpoch(0, CIPHER);
        ids.mint(1, 2, 3).copyTo(packet, 0);

        assertThat(ids.read(packet, 0, 16)).isFalse();
        assertThat(ids.read(packet, packet.length - 1, 1)).isFalse();
        assertThat(ids.read(packet, packet.length, 0)).isFalse();
    }

    @Test
    void shouldMintOnlyInALivingEpoch() {
        assertThatThrownBy(() -> ids.mint(1, 2, 3)).isInstanceOf(IllegalStateException.class);
        ids.startEpoch(3, CIPHER);
        ids.endEpoch(3);
        assertThatThrownBy(() -> ids.mint(1, 2, 3)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldRefuseFieldsThatDoNotFit() {
        ids.startEpoch(0, CIPHER);

        assertThatThrownBy(() -> ids.mint(0x10000, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ids.mint(0, 0, 1L << 48))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 300)
    void shouldReadAnyBytesWithoutFailing(@ForAll @Size(17) byte[] bytes) {
        ids.startEpoch(4, CIPHER);

        boolean routable = ids.read(bytes, 0, bytes.length);

        assertThat(routable).isEqualTo((bytes[0] & 0xff) == ((4 << 5) | 16));
    }
}
