package dev.tern.quic.api;

import java.io.IOException;
import java.io.OutputStream;

/** The writing half of a stream. */
final class StreamOutput extends OutputStream {
    private final QuicStream stream;
    private boolean closed;

    StreamOutput(QuicStream stream) {
        this.stream = stream;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("stream " + stream.id() + ": write after close");
        }
        stream.write(source, offset, length);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            stream.finish();
        }
    }
}
