package dev.tern.peer.interop.http3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;

class ControlStreamTest {
    private static Http3Error error(boolean fromServer, String hex) {
        ControlStream stream = new ControlStream(Bytes.hex(hex), fromServer);
        return assertThatExceptionOfType(Http3Exception.class)
                .isThrownBy(stream::read)
                .actual()
                .error();
    }

    @ParameterizedTest
    @CsvSource({
        // Its end, after nothing, after settings, after frames that are allowed.
        "'', H3_CLOSED_CRITICAL_STREAM",
        "0400, H3_CLOSED_CRITICAL_STREAM",
        "0402 0100 2100 070108 070104 070104, H3_CLOSED_CRITICAL_STREAM",
        // Settings first, and once.
        "070104, H3_MISSING_SETTINGS",
        "2100 0400, H3_MISSING_SETTINGS",
        "0400 0400, H3_FRAME_UNEXPECTED",
        // Frames of other streams.
        "0400 0000, H3_FRAME_UNEXPECTED",
        "0400 0100, H3_FRAME_UNEXPECTED",
        "0400 0500, H3_FRAME_UNEXPECTED",
        // Pushes that there never were; a GOAWAY that takes back what it said; not numbers.
        "0400 030100, H3_ID_ERROR",
        "0400 070104 070108, H3_ID_ERROR",
        "0400 0702ffff, H3_FRAME_ERROR",
        "0400 0300, H3_FRAME_ERROR",
        "0401, H3_FRAME_ERROR",
        // Settings that are none: cut off, of HTTP/2, twice, too many.
        "040101, H3_FRAME_ERROR",
        "04020200, H3_SETTINGS_ERROR",
        "0404 0600 0601, H3_SETTINGS_ERROR",
        "0480001001, H3_EXCESSIVE_LOAD",
    })
    void shouldHoldEitherSideToTheRules(String hex, Http3Error expected) {
        assertThat(error(true, hex)).isEqualTo(expected);
        assertThat(error(false, hex)).isEqualTo(expected);
    }

    @Test
    void shouldLetOnlyAServerNameStreams() {
        assertThat(error(true, "0400 070103")).isEqualTo(Http3Error.H3_ID_ERROR);
        assertThat(error(false, "0400 070103")).isEqualTo(Http3Error.H3_CLOSED_CRITICAL_STREAM);
    }

    @Test
    void shouldLetOnlyAClientAllowPushes() {
        assertThat(error(true, "0400 0d0101")).isEqualTo(Http3Error.H3_FRAME_UNEXPECTED);
        assertThat(error(false, "0400 0d0101 0d0102"))
                .isEqualTo(Http3Error.H3_CLOSED_CRITICAL_STREAM);
        assertThat(error(false, "0400 0d0102 0d0101")).isEqualTo(Http3Error.H3_ID_ERROR);
    }

    @Test
    void shouldUnderstandItsOwnSettings() throws IOException {
        Settings.check(Settings.encode());
    }

    @Property(tries = 500)
    void shouldThrowNothingButItsOwnErrors(@ForAll @Size(max = 100) byte[] hostile)
            throws IOException {
        byte[] settings = Frames.whole(FrameType.SETTINGS, hostile);
        for (byte[] each : new byte[][] {hostile, settings}) {
            try {
                new ControlStream(Bytes.in(each), false).read();
            } catch (Http3Exception e) {
                assertThat(e.error().endsConnection()).isTrue();
            }
        }
    }
}
