package dev.tern.perf.soak;

import dev.tern.quic.api.PathStats;
import dev.tern.quic.api.QuicConnection;
import dev.tern.quic.api.QuicStream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One place in the soak: opens a connection, has bytes echoed, moves the connection to another
 * port, has more echoed, closes it, and begins anew until it is told to end.
 */
final class Churn implements Runnable {
    private static final int MAX_BYTES = 200_000;
    private static final long PATIENCE_S = 30;

    /** What all places have done together. */
    static final class Counts {
        final AtomicLong connections = new AtomicLong();
        final AtomicLong moves = new AtomicLong();
        final AtomicLong bytes = new AtomicLong();
        final AtomicLong faults = new AtomicLong();
    }

    private final SoakPair pair;
    private final Pattern pattern;
    private final Counts counts;
    private final SplittableRandom random;
    private volatile boolean ended;

    Churn(SoakPair pair, Pattern pattern, Counts counts, long seed) {
        this.pair = pair;
        this.pattern = pattern;
        this.counts = counts;
        this.random = new SplittableRandom(seed);
    }

    /** Asks it to end after the connection at hand. */
    void end() {
        ended = true;
    }

    @Override
    public void run() {
        while (!ended) {
            try (QuicConnection connection = pair.connect()) {
                counts.connections.incrementAndGet();
                echo(connection);
                move(connection);
                echo(connection);
            } catch (IOException | ExecutionException | TimeoutException e) {
                counts.faults.incrementAndGet();
                System.err.println("soak: " + e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void move(QuicConnection connection)
            throws ExecutionException, TimeoutException, InterruptedException {
        InetSocketAddress before =
                connection.paths().get(PATIENCE_S, TimeUnit.SECONDS).getFirst().local();
        PathStats path =
                connection
                        .addLocalAddress(new InetSocketAddress(before.getAddress(), 0))
                        .get(PATIENCE_S, TimeUnit.SECONDS);
        connection.usePath(path.local()).get(PATIENCE_S, TimeUnit.SECONDS);
        counts.moves.incrementAndGet();
    }

    /** Sends and reads in turns small enough that neither side waits for the other. */
    private void echo(QuicConnection connection) throws IOException {
        int total = 1 + random.nextInt(MAX_BYTES);
        byte[] echoed = new byte[16 << 10];
        QuicStream stream = connection.openStream();
        long sent = 0;
        long read = 0;
        while (sent < total) {
            int part = (int) Math.min(echoed.length, total - sent);
            stream.write(pattern.array(), Pattern.index(sent), part);
            sent += part;
        }
        stream.finish();
        int count;
        while ((count = stream.read(echoed)) >= 0) {
            if (!pattern.matches(read, echoed, 0, count)) {
                throw new IOException("wrong bytes at offset " + read);
            }
            read += count;
        }
        if (read != total) {
            throw new IOException(total + " bytes were sent, and " + read + " came back");
        }
        counts.bytes.addAndGet(read);
    }
}
