package dev.tern.peer.interop.http3;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the frames of a stream (RFC 9114 §7.1), one after the other: what is not read of one is
 * skipped by the next. Keeps nothing of them.
 */
final class FrameReader {
    private static final int SKIP_BYTES = 4096;
    private static final long END = -1;

    private final InputStream in;
    private FrameType type;
    private long remaining;

    FrameReader(InputStream in) {
        this.in = in;
    }

    /**
     * Goes on to the next frame, of whatever type.
     *
     * @return null at the end of the stream
     */
    FrameType next() throws IOException {
        skip();
        long number = readVarint(in);
        if (number == END) {
            return null;
        }
        remaining = readVarint(in);
        if (remaining == END) {
            remaining = 0;
            throw truncated();
        }
        type = FrameType.of(number);
        return type;
    }

    /** Goes on to the next frame of a type that this side knows. */
    FrameType nextKnown() throws IOException {
        FrameType next;
        do {
            next = next();
        } while (next == FrameType.UNKNOWN);
        return next;
    }

    /** The whole payload, which is refused if it has more than so many bytes. */
    byte[] payload(int limitBytes) throws IOException {
        if (remaining > limitBytes) {
            throw new Http3Exception(
                    Http3Error.H3_EXCESSIVE_LOAD,
                    "%s of %d bytes passes limit %d".formatted(type, remaining, limitBytes));
        }
        byte[] payload = in.readNBytes((int) remaining);
        if (payload.length < remaining) {
            throw truncated();
        }
        remaining = 0;
        return payload;
    }

    /** The payload of a frame that is a number and nothing else. */
    long number() throws IOException {
        if (remaining > 0) {
            long before = remaining;
            int first = in.read();
            if (first >= 0) {
                int length = 1 << (first >> 6);
                if (length == before) {
                    remaining = 0;
                    return readVarint(in, first);
                }
            }
        }
        throw new Http3Exception(Http3Error.H3_FRAME_ERROR, type + " is not one number");
    }

    /**
     * Reads on in the payload.
     *
     * @return how many bytes, or -1 at its end
     */
    int read(byte[] destination, int offset, int length) throws IOException {
        if (remaining == 0) {
            return -1;
        }
        int count = in.read(destination, offset, (int) Math.min(length, remaining));
        if (count < 0) {
            throw truncated();
        }
        remaining -= count;
        return count;
    }

    private void skip() throws IOException {
        byte[] nowhere = remaining == 0 ? null : new byte[SKIP_BYTES];
        while (remaining > 0) {
            read(nowhere, 0, nowhere.length);
        }
    }

    /**
     * Reads a variable-length integer (RFC 9000 §16).
     *
     * @return -1 at the end of the stream
     */
    static long readVarint(InputStream in) throws IOException {
        int first = in.read();
        return first < 0 ? END : readVarint(in, first);
    }

    private static long readVarint(InputStream in, int first) throws IOException {
        long value = first & 0x3f;
        for (int i = (1 << (first >> 6)) - 1; i > 0; i--) {
            int next = in.read();
            if (next < 0) {
                throw truncated();
            }
            value = value << 8 | next;
        }
        return value;
    }

    private static Http3Exception truncated() {
        return new Http3Exception(Http3Error.H3_FRAME_ERROR, "the stream ends inside a frame");
    }
}
