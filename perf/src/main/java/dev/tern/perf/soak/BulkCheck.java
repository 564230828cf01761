package dev.tern.perf.soak;

import dev.tern.quic.api.QuicConnection;
import dev.tern.quic.api.QuicStream;

import java.io.IOException;

/** Sends so many bytes there and back on one stream, and compares every one of them. */
final class BulkCheck {
    private static final int PIECE_BYTES = 32 << 10;
    private static final long PROGRESS_BYTES = 1_000_000_000L;

    private final Pattern pattern;
    private final long totalBytes;

    BulkCheck(Pattern pattern, long totalBytes) {
        this.pattern = pattern;
        this.totalBytes = totalBytes;
    }

    /**
     * Runs to the end.
     *
     * @throws IOException with the offset, if a byte is wrong or missing
     */
    void run(SoakPair pair) throws IOException {
        try (QuicConnection connection = pair.connect()) {
            QuicStream stream = connection.openStream();
            Thread writer = Thread.ofPlatform().name("soak-writer").start(() -> write(stream));
            read(stream);
            join(writer);
        }
    }

    private void write(QuicStream stream) {
        try {
            for (long sent = 0; sent < totalBytes; ) {
                int part = (int) Math.min(PIECE_BYTES, totalBytes - sent);
                stream.write(pattern.array(), Pattern.index(sent), part);
                sent += part;
            }
            stream.finish();
        } catch (IOException e) {
            System.err.println("soak: " + e); // the reader finds out, too
        }
    }

    private void read(QuicStream stream) throws IOException {
        byte[] piece = new byte[PIECE_BYTES];
        long read = 0;
        int count;
        while ((count = stream.read(piece)) >= 0) {
            if (!pattern.matches(read, piece, 0, count)) {
                throw new IOException("wrong bytes between " + read + " and " + (read + count));
            }
            if (read / PROGRESS_BYTES != (read + count) / PROGRESS_BYTES) {
                System.err.println((read + count) / PROGRESS_BYTES + " GB");
            }
            read += count;
        }
        if (read != totalBytes) {
            throw new IOException(totalBytes + " bytes were sent, and " + read + " came back");
        }
    }

    private static void join(Thread writer) {
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
