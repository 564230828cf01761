package dev.tern.quic.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HexFormat;

class VarIntTest {
    private final byte[] bytes = new byte[8];

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "37, 25",
        "63, 3f",
        "64, 4040",
        "15293, 7bbd",
        "16383, 7fff",
        "16384, 80004000",
        "494878333, 9d7f3e7d",
        "1073741823, bfffffff",
        "1073741824, c000000040000000",
        "151288809941952652, c2197c5eff14e88c",
        "4611686018427387903, ffffffffffffffff"
    })
    void shouldTakeTheShortestForm(long value, String hex) {
        ByteWriter out = new ByteWriter().wrap(bytes, 0, 8);

        out.writeVarint(value);

        assertThat(HexFormat.of().formatHex(bytes, 0, out.position())).isEqualTo(hex);
        assertThat(VarInt.size(value)).isEqualTo(out.position());
        assertThat(new ByteReader().wrap(bytes, 0, out.position()).readVarint()).isEqualTo(value);
    }

    @Property(tries = 300)
    void shouldBeRefusedWhenTruncated(@ForAll @LongRange(max = VarInt.MAX) long value) {
        byte[] buffer = new byte[8];
        ByteWriter out = new ByteWriter().wrap(buffer, 0, 8);
        out.writeVarint(value);

        for (int length = 0; length < out.position(); length++) {
            ByteReader in = new ByteReader().wrap(buffer, 0, length);
            assertThatThrownBy(in::readVarint)
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            e ->
                                    assertThat(e.code())
                                            .isEqualTo(TransportError.FRAME_ENCODING_ERROR));
        }
    }
}
