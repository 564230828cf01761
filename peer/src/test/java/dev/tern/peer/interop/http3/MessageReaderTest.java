package dev.tern.peer.interop.http3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

class MessageReaderTest {
    private static final byte[] UNKNOWN = {0x21, 3, 1, 2, 3};

    /** Nothing but {@code x: y}. */
    private static final byte[] TRAILERS = {1, 6, 0, 0, 0x21, 'x', 1, 'y'};

    private byte[] request;
    private byte[] response;

    @BeforeEach
    void prepare() throws IOException {
        request = Frames.whole(FrameType.HEADERS, FieldSections.get("a:1", "/file"));
        response = Frames.whole(FrameType.HEADERS, FieldSections.response(200, 4));
    }

    private static byte[] data(String text) {
        return Frames.whole(FrameType.DATA, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String body(MessageReader message) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] chunk = new byte[3];
        int count;
        while ((count = message.read(chunk, 0, chunk.length)) >= 0) {
            body.write(chunk, 0, count);
        }
        return body.toString(StandardCharsets.US_ASCII);
    }

    private static String responseBody(byte[]... parts) throws IOException {
        MessageReader message = new MessageReader(Bytes.in(parts), true);
        assertThat(message.response().status()).isEqualTo(200);
        return body(message);
    }

    private static void assertResponseFails(Http3Error error, byte[]... parts) {
        assertThatExceptionOfType(Http3Exception.class)
                .isThrownBy(() -> responseBody(parts))
                .extracting(Http3Exception::error)
                .isEqualTo(error);
    }

    private static void assertRequestFails(Http3Error error, byte[]... parts) {
        MessageReader message = new MessageReader(Bytes.in(parts), false);
        assertThatExceptionOfType(Http3Exception.class)
                .isThrownBy(
                        () -> {
                            message.request();
                            body(message);
                        })
                .extracting(Http3Exception::error)
                .isEqualTo(error);
    }

    @Test
    void shouldReadABodyOfSeveralFrames() throws IOException {
        assertThat(responseBody(response, data("ab"), data(""), data("cd"))).isEqualTo("abcd");
    }

    @Test
    void shouldPassOverWhatItDoesNotKnow() throws IOException {
        assertThat(responseBody(UNKNOWN, response, UNKNOWN, data("abcd"), UNKNOWN))
                .isEqualTo("abcd");
    }

    @Test
    void shouldPassOverInterimResponses() throws IOException {
        byte[] interim =
                Frames.whole(
                        FrameType.HEADERS, FieldSections.response(103, Message.UNKNOWN_LENGTH));

        assertThat(responseBody(interim, interim, response, data("abcd"))).isEqualTo("abcd");
    }

    @Test
    void shouldReadTrailers() throws IOException {
        assertThat(responseBody(response, data("abcd"), TRAILERS)).isEqualTo("abcd");
    }

    @Test
    void shouldTakeNothingAfterTrailers() {
        assertResponseFails(
                Http3Error.H3_FRAME_UNEXPECTED, response, data("abcd"), TRAILERS, data(""));
        assertResponseFails(
                Http3Error.H3_FRAME_UNEXPECTED, response, data("abcd"), TRAILERS, TRAILERS);
    }

    @Test
    void shouldHoldTheBodyToItsLength() {
        assertResponseFails(Http3Error.H3_MESSAGE_ERROR, response, data("abc"));
        assertResponseFails(Http3Error.H3_MESSAGE_ERROR, response, data("abcde"));
    }

    @Test
    void shouldRefuseABodyWithoutAHead() {
        assertResponseFails(Http3Error.H3_FRAME_UNEXPECTED, data("abcd"));
        assertRequestFails(Http3Error.H3_FRAME_UNEXPECTED, data("abcd"));
    }

    @Test
    void shouldSayWhenTheHeadIsMissing() {
        assertResponseFails(Http3Error.H3_MESSAGE_ERROR);
        assertRequestFails(Http3Error.H3_REQUEST_INCOMPLETE);
    }

    @ParameterizedTest
    @EnumSource(names = {"CANCEL_PUSH", "SETTINGS", "GOAWAY", "MAX_PUSH_ID"})
    void shouldRefuseFramesOfTheControlStream(FrameType type) {
        byte[] frame = Frames.whole(type, new byte[1]);

        assertResponseFails(Http3Error.H3_FRAME_UNEXPECTED, response, frame);
        assertRequestFails(Http3Error.H3_FRAME_UNEXPECTED, request, frame);
    }

    @Test
    void shouldRefuseAPush() {
        byte[] push = Frames.whole(FrameType.PUSH_PROMISE, new byte[3]);

        assertResponseFails(Http3Error.H3_ID_ERROR, push);
        assertRequestFails(Http3Error.H3_FRAME_UNEXPECTED, request, push);
    }

    @Test
    void shouldRefuseAHeadBeyondTheLimit() {
        byte[] frame =
                Frames.whole(FrameType.HEADERS, new byte[Settings.MAX_FIELD_SECTION_BYTES + 1]);

        assertRequestFails(Http3Error.H3_EXCESSIVE_LOAD, frame);
    }

    @Property(tries = 500)
    void shouldThrowNothingButItsOwnErrors(@ForAll @Size(max = 100) byte[] hostile)
            throws IOException {
        byte[] head = Frames.whole(FrameType.HEADERS, FieldSections.response(200, -1));
        for (InputStream each : new InputStream[] {Bytes.in(hostile), Bytes.in(head, hostile)}) {
            try {
                MessageReader message = new MessageReader(each, true);
                message.response();
                body(message);
            } catch (Http3Exception e) {
                // As it should be.
            }
        }
    }
}
