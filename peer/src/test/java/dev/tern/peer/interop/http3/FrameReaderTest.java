package dev.tern.peer.interop.http3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;

class FrameReaderTest {
    private static final int LIMIT_BYTES = 64;

    private static void assertFails(Http3Error error, Reading reading) {
        assertThatExceptionOfType(Http3Exception.class)
                .isThrownBy(reading::run)
                .extracting(Http3Exception::error)
                .isEqualTo(error);
    }

    @FunctionalInterface
    private interface Reading {
        void run() throws IOException;
    }

    @Test
    void shouldReadOneFrameAfterTheOther() throws IOException {
        FrameReader frames = new FrameReader(Bytes.hex("0003616263 0402ffff 01407f"));

        assertThat(frames.next()).isEqualTo(FrameType.DATA);
        assertThat(frames.payload(LIMIT_BYTES)).asString().isEqualTo("abc");
        assertThat(frames.next()).isEqualTo(FrameType.SETTINGS);
        assertThat(frames.next()).isEqualTo(FrameType.HEADERS);
    }

    @Test
    void shouldEndWhereTheStreamEnds() throws IOException {
        assertThat(new FrameReader(Bytes.hex("")).next()).isNull();
    }

    @Test
    void shouldPassOverWhatItDoesNotKnow() throws IOException {
        FrameReader frames = new FrameReader(Bytes.hex("21 03 aaaaaa 4040 00 07 01 04"));

        assertThat(frames.nextKnown()).isEqualTo(FrameType.GOAWAY);
        assertThat(frames.number()).isEqualTo(4);
        assertThat(frames.nextKnown()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"40", "00", "0040", "0004aabb", "0780"})
    void shouldRefuseAFrameThatIsNotWhole(String hex) {
        FrameReader frames = new FrameReader(Bytes.hex(hex));

        assertFails(
                Http3Error.H3_FRAME_ERROR,
                () -> {
                    while (frames.next() != null) {
                        // on
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"0700", "07020000", "070140", "0704c0000000", "07034000", "07024000ff"})
    void shouldTakeNothingButANumberForANumber(String hex) throws IOException {
        FrameReader frames = new FrameReader(Bytes.hex(hex));
        assertThat(frames.next()).isEqualTo(FrameType.GOAWAY);

        if (hex.equals("07024000ff")) {
            assertThat(frames.number()).isZero();
        } else {
            assertFails(Http3Error.H3_FRAME_ERROR, frames::number);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0200", "0600", "0800", "0900"})
    void shouldRefuseWhatOnlyHttp2Has(String hex) {
        assertFails(Http3Error.H3_FRAME_UNEXPECTED, new FrameReader(Bytes.hex(hex))::next);
    }

    @Test
    void shouldNotHoldMoreThanTheLimit() throws IOException {
        FrameReader frames = new FrameReader(Bytes.hex("01 ffffffffffffffff"));
        assertThat(frames.next()).isEqualTo(FrameType.HEADERS);

        assertFails(Http3Error.H3_EXCESSIVE_LOAD, () -> frames.payload(LIMIT_BYTES));
    }

    @Property(tries = 500)
    void shouldThrowNothingButItsOwnErrors(
            @ForAll @Size(max = 200) byte[] hostile, @ForAll @IntRange(max = 3) int use)
            throws IOException {
        FrameReader frames = new FrameReader(Bytes.in(hostile));
        try {
            while (frames.next() != null) {
                switch (use) {
                    case 0 -> frames.payload(LIMIT_BYTES);
                    case 1 -> frames.number();
                    case 2 -> frames.read(new byte[10], 0, 10);
                    default -> frames.nextKnown();
                }
            }
        } catch (Http3Exception e) {
            assertThat(e.error().endsConnection()).isTrue();
        }
    }

    @Property(tries = 200)
    void shouldReadWhatWasWritten(
            @ForAll FrameType type, @ForAll @Size(max = LIMIT_BYTES) byte[] payload)
            throws IOException {
        if (type == FrameType.UNKNOWN) {
            return;
        }
        FrameReader frames = new FrameReader(Bytes.in(Frames.whole(type, payload)));

        assertThat(frames.next()).isEqualTo(type);
        assertThat(frames.payload(LIMIT_BYTES)).isEqualTo(payload);
        assertThat(frames.next()).isNull();
    }
}
