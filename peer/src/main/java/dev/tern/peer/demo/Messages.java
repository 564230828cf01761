package dev.tern.peer.demo;

import dev.tern.quic.api.QuicStream;
import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Numbered messages, one a millisecond, and what their receiver makes of the numbers and the gaps.
 */
final class Messages {
    static final int BYTES = 32;
    static final long INTERVAL_NS = 1_000_000L;

    private static final long REPORTED_GAP_US = 3_000;

    /** Hears of the first message and of every gap. */
    interface Observer {
        void onFirst(long atUs);

        void onGap(long fromUs, long toUs);
    }

    private long received;
    private long lost;
    private long repeated;

    /** Sends until told to stop; a message whose time has passed goes at once. */
    static void send(QuicStream stream, BooleanSupplier running) throws IOException {
        byte[] message = new byte[BYTES];
        ByteWriter out = new ByteWriter();
        long startNs = System.nanoTime();
        for (long number = 0; running.getAsBoolean(); number++) {
            long dueNs = startNs + number * INTERVAL_NS;
            long waitNs;
            while ((waitNs = dueNs - System.nanoTime()) > 0) {
                LockSupport.parkNanos(waitNs);
            }
            out.wrap(message, 0, BYTES).writeLong(number);
            stream.write(message, 0, BYTES);
        }
        stream.finish();
    }

    /** Receives to the end of the stream. */
    void receive(QuicStream stream, Observer observer) throws IOException {
        byte[] message = new byte[BYTES];
        ByteReader in = new ByteReader();
        long expected = 0;
        long previousUs = 0;
        while (readFully(stream, message)) {
            long atUs = Events.nowUs();
            if (previousUs == 0) {
                observer.onFirst(atUs);
            } else if (atUs - previousUs > REPORTED_GAP_US) {
                observer.onGap(previousUs, atUs);
            }
            previousUs = atUs;
            long number = in.wrap(message, 0, BYTES).readLong();
            lost += Math.max(0, number - expected);
            repeated += number < expected ? 1 : 0;
            expected = number + 1;
            received++;
        }
    }

    private static boolean readFully(QuicStream stream, byte[] message) throws IOException {
        int offset = 0;
        while (offset < message.length) {
            int n = stream.read(message, offset, message.length - offset);
            if (n < 0) {
                return false;
            }
            offset += n;
        }
        return true;
    }

    long received() {
        return received;
    }

    long lostBytes() {
        return lost * BYTES;
    }

    long repeatedBytes() {
        return repeated * BYTES;
    }
}
