package dev.tern.quic.wire;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

class QuotedHeaderTest {
    private static final ConnectionId DESTINATION =
            ConnectionId.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    private static final byte[] LONG = {
        9, 9, (byte) 0xc0, 0, 0, 0, 1, 8, 1, 2, 3, 4, 5, 6, 7, 8, 2, 21, 22, 0, 0
    };
    private static final byte[] SHORT = {9, 9, 0x40, 1, 2, 3, 4, 5, 6, 7, 8, 99, 98};

    private final QuotedHeader quoted = new QuotedHeader();

    @Test
    void shouldFindBothIdsOfALongHeader() {
        assertThat(quoted.parse(LONG, 2, LONG.length - 2)).isTrue();

        assertThat(quoted.isLong()).isTrue();
        assertThat(quoted.isTo(DESTINATION)).isTrue();
        assertThat(LONG[quoted.sourceIdOffset()]).isEqualTo((byte) 21);
        assertThat(quoted.sourceIdLength()).isEqualTo(2);
    }

    @Test
    void shouldKnowTheDestinationOfAShortHeader() {
        assertThat(quoted.parse(SHORT, 2, SHORT.length - 2)).isTrue();

        assertThat(quoted.isLong()).isFalse();
        assertThat(quoted.isTo(DESTINATION)).isTrue();
    }

    @Test
    void shouldProveNothingForAnEmptyIdNorForPartOfOne() {
        quoted.parse(SHORT, 2, SHORT.length - 2);
        assertThat(quoted.isTo(ConnectionId.EMPTY)).isFalse();

        quoted.parse(LONG, 2, LONG.length - 2);
        assertThat(quoted.isTo(ConnectionId.of(new byte[] {1, 2, 3}))).isFalse();

        quoted.parse(SHORT, 2, 8);
        assertThat(quoted.isTo(DESTINATION)).isFalse();
    }

    @Test
    void shouldRefuseALongHeaderThatIsCutOffWithinItsIds() {
        for (int length = 0; length < 17; length++) {
            assertThat(quoted.parse(LONG, 2, length)).isFalse();
        }
        assertThat(quoted.parse(LONG, 2, 17)).isTrue();
    }

    @Property
    void shouldTakeAnyBytes(@ForAll byte[] bytes) {
        if (quoted.parse(bytes, 0, bytes.length)) {
            if (quoted.isLong()) {
                assertThat(quoted.sourceIdOffset() + quoted.sourceIdLength())
                        .isLessThanOrEqualTo(bytes.length);
            }
            quoted.isTo(DESTINATION);
        }
    }
}
