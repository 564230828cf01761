package dev.tern.peer.interop.http3;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads what comes on a request stream (RFC 9114 §4.1).
 *
 * <pre>
 *   HEAD ──HEADERS──▶ BODY ──HEADERS──▶ TRAILED ──end──▶
 *    ▲  └─1xx─┘        │ DATA │             no more DATA or HEADERS
 *                      └──▶───┴──end──▶
 * </pre>
 */
final class MessageReader {
    private enum State {
        HEAD,
        BODY,
        TRAILED,
        ENDED
    }

    private final FrameReader frames;
    private final boolean fromServer;
    private State state = State.HEAD;
    private long contentLength;
    private long bodyBytes;

    /**
     * @param fromServer whether a response comes; else a request
     */
    MessageReader(InputStream in, boolean fromServer) {
        this.frames = new FrameReader(in);
        this.fromServer = fromServer;
    }

    Request request() throws IOException {
        Request request = FieldSections.decodeRequest(head());
        onHead(request);
        return request;
    }

    /** The final one; those that only say that it takes longer are passed over. */
    Response response() throws IOException {
        Response response;
        do {
            response = FieldSections.decodeResponse(head());
        } while (response.isInterim());
        onHead(response);
        return response;
    }

    private byte[] head() throws IOException {
        FrameType next = next();
        if (next == null) {
            throw new Http3Exception(
                    fromServer ? Http3Error.H3_MESSAGE_ERROR : Http3Error.H3_REQUEST_INCOMPLETE,
                    "the stream ends before a head");
        }
        if (next != FrameType.HEADERS) {
            throw unexpected(next);
        }
        return frames.payload(Settings.MAX_FIELD_SECTION_BYTES);
    }

    private void onHead(Message head) {
        contentLength = head.contentLength();
        state = State.BODY;
    }

    /**
     * Reads on in the body.
     *
     * @return how many bytes, or -1 at the end of the whole message
     */
    int read(byte[] destination, int offset, int length) throws IOException {
        while (state != State.ENDED) {
            int count = frames.read(destination, offset, length);
            if (count >= 0) {
                onBody(count);
                return count;
            }
            onFrame(next());
        }
        return -1;
    }

    private void onFrame(FrameType next) throws IOException {
        if (next == null) {
            checkLength(bodyBytes != contentLength);
            state = State.ENDED;
        } else if (state == State.TRAILED || next != FrameType.DATA && next != FrameType.HEADERS) {
            throw unexpected(next);
        } else if (next == FrameType.HEADERS) {
            FieldSections.checkTrailers(frames.payload(Settings.MAX_FIELD_SECTION_BYTES));
            state = State.TRAILED;
        }
    }

    private void onBody(int count) throws Http3Exception {
        bodyBytes += count;
        checkLength(bodyBytes > contentLength);
    }

    private void checkLength(boolean differs) throws Http3Exception {
        if (differs && contentLength != Message.UNKNOWN_LENGTH) {
            throw new Http3Exception(
                    Http3Error.H3_MESSAGE_ERROR,
                    "%d bytes where content-length is %d".formatted(bodyBytes, contentLength));
        }
    }

    private FrameType next() throws IOException {
        FrameType next = frames.nextKnown();
        if (next == FrameType.PUSH_PROMISE && fromServer) {
            throw new Http3Exception(Http3Error.H3_ID_ERROR, "a push that was not allowed");
        }
        return next;
    }

    private static Http3Exception unexpected(FrameType type) {
        return new Http3Exception(Http3Error.H3_FRAME_UNEXPECTED, type + " on a request stream");
    }
}
