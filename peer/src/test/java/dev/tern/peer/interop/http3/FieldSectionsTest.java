package dev.tern.peer.interop.http3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.HexFormat;

class FieldSectionsTest {
    @FunctionalInterface
    private interface Decoding {
        void run() throws Http3Exception;
    }

    private static void assertFails(Http3Error error, Decoding decoding) {
        assertThatExceptionOfType(Http3Exception.class)
                .isThrownBy(decoding::run)
                .extracting(Http3Exception::error)
                .isEqualTo(error);
    }

    @Test
    void shouldCarryARequest() throws IOException {
        byte[] section = FieldSections.get("[::1]:4433", "/a%20file;b/c");

        assertThat(FieldSections.decodeRequest(section))
                .isEqualTo(new Request("GET", "/a file;b/c", Message.UNKNOWN_LENGTH));
    }

    @Property(tries = 200)
    void shouldCarryAnyPathOfLetters(@ForAll @IntRange(min = 1, max = 1000) int letters)
            throws IOException {
        String path = "/" + "x".repeat(letters);

        assertThat(FieldSections.decodeRequest(FieldSections.get("a", path)).path())
                .isEqualTo(path);
    }

    @Property(tries = 200)
    void shouldCarryAnyLength(@ForAll @LongRange(min = 0) long length) throws IOException {
        assertThat(FieldSections.decodeResponse(FieldSections.response(200, length)))
                .isEqualTo(new Response(200, length));
    }

    @ParameterizedTest
    @CsvSource({
        "'', QPACK_DECOMPRESSION_FAILED",
        // Required Insert Count 1, where there is no table.
        "0200d1, QPACK_DECOMPRESSION_FAILED",
        // An index of the dynamic table; one that the static table does not have.
        "000080, QPACK_DECOMPRESSION_FAILED",
        "0000ff7f, QPACK_DECOMPRESSION_FAILED",
        // A value of 2 GB, and one that is not there.
        "000051ffffffff07, QPACK_DECOMPRESSION_FAILED",
        "00005104aa, QPACK_DECOMPRESSION_FAILED",
        // Nothing; a method alone; a status of letters; a request that is a response, too.
        "0000, H3_MESSAGE_ERROR",
        "0000d1, H3_MESSAGE_ERROR",
        "0000d1d7c1d9, H3_MESSAGE_ERROR",
    })
    void shouldTellWhatIsWrong(String hex, Http3Error error) {
        assertFails(error, () -> FieldSections.decodeRequest(HexFormat.of().parseHex(hex)));
    }

    @Test
    void shouldRefuseAStatusOfLetters() {
        byte[] section = HexFormat.of().parseHex("00005f0901" + "61");

        assertFails(Http3Error.H3_MESSAGE_ERROR, () -> FieldSections.decodeResponse(section));
    }

    @Test
    void shouldRefuseAHeadInPlaceOfTrailers() throws IOException {
        byte[] head = FieldSections.response(200, 0);

        assertFails(Http3Error.H3_MESSAGE_ERROR, () -> FieldSections.checkTrailers(head));
    }

    @Property(tries = 500)
    void shouldThrowNothingButItsOwnErrors(@ForAll @Size(max = 100) byte[] hostile) {
        byte[] section = Bytes.joined(new byte[2], hostile);
        for (byte[] each : new byte[][] {hostile, section}) {
            try {
                FieldSections.decodeRequest(each);
            } catch (Http3Exception e) {
                // As it should be.
            }
        }
    }

    @Property(tries = 500)
    void shouldThrowNothingButItsOwnErrorsForPaths(@ForAll @Size(max = 60) byte[] path) {
        byte[] before = {0, 0, (byte) 0xd1, (byte) 0xd7, 0x51, (byte) path.length};
        try {
            FieldSections.decodeRequest(Bytes.joined(before, path));
        } catch (Http3Exception e) {
            // As it should be.
        }
    }
}
