package dev.tern.peer.interop.http3;

import java.io.IOException;
import java.io.InputStream;

/** What the other side says on its control stream (RFC 9114 §6.2.1), for as long as it lives. */
final class ControlStream {
    private static final long NONE = Long.MAX_VALUE;
    private static final int STREAM_KIND_MASK = 0x3;

    private final FrameReader frames;
    private final boolean fromServer;
    private long goAwayIdentifier = NONE;
    private long maxPushId;

    ControlStream(InputStream in, boolean fromServer) {
        this.frames = new FrameReader(in);
        this.fromServer = fromServer;
    }

    /** Reads to its end, which must not come before that of the connection. */
    void read() throws IOException {
        FrameType first = frames.next();
        if (first != null) {
            if (first != FrameType.SETTINGS) {
                throw new Http3Exception(
                        Http3Error.H3_MISSING_SETTINGS, "the first frame is " + first);
            }
            Settings.check(frames.payload(Settings.MAX_BYTES));
            FrameType next;
            while ((next = frames.nextKnown()) != null) {
                onFrame(next);
            }
        }
        throw new Http3Exception(
                Http3Error.H3_CLOSED_CRITICAL_STREAM, "the control stream was closed");
    }

    private void onFrame(FrameType type) throws IOException {
        switch (type) {
            case GOAWAY -> onGoAway(frames.number());
            case MAX_PUSH_ID -> onMaxPushId();
            case CANCEL_PUSH -> {
                frames.number();
                throw new Http3Exception(Http3Error.H3_ID_ERROR, "there was no push to cancel");
            }
            case DATA, HEADERS, PUSH_PROMISE, SETTINGS, UNKNOWN -> throw unexpected(type);
        }
    }

    /** A server names a client's stream, a client a push (§5.2, §7.2.6). */
    private void onGoAway(long identifier) throws Http3Exception {
        boolean isOfWrongKind = fromServer && (identifier & STREAM_KIND_MASK) != 0;
        if (isOfWrongKind || identifier > goAwayIdentifier) {
            throw new Http3Exception(Http3Error.H3_ID_ERROR, "GOAWAY names " + identifier);
        }
        goAwayIdentifier = identifier;
    }

    private void onMaxPushId() throws IOException {
        if (fromServer) {
            throw unexpected(FrameType.MAX_PUSH_ID);
        }
        long identifier = frames.number();
        if (identifier < maxPushId) {
            throw new Http3Exception(Http3Error.H3_ID_ERROR, "MAX_PUSH_ID falls from " + maxPushId);
        }
        maxPushId = identifier;
    }

    private static Http3Exception unexpected(FrameType type) {
        return new Http3Exception(Http3Error.H3_FRAME_UNEXPECTED, type + " on the control stream");
    }
}
