package dev.tern.perf.quic;

import dev.tern.quic.api.QuicStream;

import java.io.IOException;

/** So many bytes to write to a stream, of which each call writes what there is room for. */
final class Payload {
    private long leftBytes;
    private boolean finished;

    /**
     * @param bytes how many, unsigned, or {@link PerfProtocol#ENDLESS}
     */
    Payload(long bytes) {
        leftBytes = bytes < 0 ? Long.MAX_VALUE : bytes;
    }

    /**
     * Writes what there is room for, and finishes the stream behind the last byte.
     *
     * @return how many bytes
     */
    long write(QuicStream to) throws IOException {
        byte[] bytes = PerfProtocol.payload();
        long sum = 0;
        while (leftBytes > 0) {
            int written = to.writeNow(bytes, 0, (int) Math.min(bytes.length, leftBytes));
            if (written == 0) {
                return sum;
            }
            leftBytes -= written;
            sum += written;
        }
        if (!finished) {
            finished = true;
            to.finish();
        }
        return sum;
    }
}
