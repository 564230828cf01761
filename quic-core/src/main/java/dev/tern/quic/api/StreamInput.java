package dev.tern.quic.api;

import java.io.IOException;
import java.io.InputStream;

/** The reading half of a stream. */
final class StreamInput extends InputStream {
    private final QuicStream stream;
    private final byte[] single = new byte[1];
    private boolean closed;

    StreamInput(QuicStream stream) {
        this.stream = stream;
    }

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] destination, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("stream " + stream.id() + ": read after close");
        }
        return stream.read(destination, offset, length);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (!stream.isReadToEnd()) {
                stream.stopSending(0);
            }
        }
    }
}
