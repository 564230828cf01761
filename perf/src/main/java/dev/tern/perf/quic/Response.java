package dev.tern.perf.quic;

import dev.tern.quic.api.QuicConnection;
import dev.tern.quic.api.QuicStream;
import dev.tern.quic.api.StreamHandler;
import dev.tern.quic.stream.StreamSink;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A stream at the server (draft-banks-quic-performance-00 §2.3): its first 8 bytes say how many the
 * client wants back, the others are thrown away. The answer to a unidirectional stream goes by one
 * of the server's own.
 */
final class Response implements StreamHandler, StreamSink {
    private static final int BATCH_BYTES = 1 << 20;

    private final QuicConnection connection;
    private final AtomicLong received;
    private long wantedBytes;
    private int headerBytes;
    private Payload payload;

    /**
     * @param received counts the bytes of all streams; written by the endpoint's thread only
     */
    Response(QuicConnection connection, AtomicLong received) {
        this.connection = connection;
        this.received = received;
    }

    @Override
    public void onReadable(QuicStream stream) {
        try {
            long sum = 0;
            int read = stream.readNow(this, BATCH_BYTES);
            while (read > 0) {
                sum += read;
                read = stream.readNow(this, BATCH_BYTES);
            }
            received.lazySet(received.getPlain() + sum);
            answer(stream, read < 0);
        } catch (IOException e) {
            stream.close(); // The client has reset it, or is gone.
        }
    }

    private void answer(QuicStream stream, boolean ended) {
        if (payload != null || headerBytes < PerfProtocol.HEADER_BYTES && !ended) {
            return;
        }
        // Whoever ends before it has said what it wants gets nothing.
        payload = new Payload(headerBytes == PerfProtocol.HEADER_BYTES ? wantedBytes : 0);
        if (stream.isBidirectional()) {
            onWritable(stream);
        } else {
            connection.openStreamAsync(false).thenAccept(own -> own.handler(new Answer(payload)));
        }
    }

    @Override
    public void onBytes(byte[] buffer, int offset, int length) {
        for (int i = 0; i < length && headerBytes < PerfProtocol.HEADER_BYTES; i++) {
            wantedBytes = wantedBytes << Byte.SIZE | buffer[offset + i] & 0xff;
            headerBytes++;
        }
    }

    @Override
    public void onWritable(QuicStream stream) {
        if (payload != null && stream.isBidirectional()) {
            write(payload, stream);
        }
    }

    private static void write(Payload payload, QuicStream stream) {
        try {
            payload.write(stream);
        } catch (IOException e) {
            stream.close(); // The client wants no more (STOP_SENDING), or is gone.
        }
    }

    /** On the server's own stream. */
    private record Answer(Payload payload) implements StreamHandler {
        @Override
        public void onWritable(QuicStream stream) {
            write(payload, stream);
        }
    }
}
