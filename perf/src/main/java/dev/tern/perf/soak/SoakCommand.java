package dev.tern.perf.soak;

import dev.tern.peer.cli.UserError;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code tern perf soak}: bytes compared, heap and threads watched. */
@Command(
        name = "soak",
        description = {
            "Look for wrong bytes, leaks and hanging threads in a long run on loopback:",
            "first bytes there and back on one stream, then connections that open, move and close."
        },
        mixinStandardHelpOptions = true)
public final class SoakCommand implements Callable<Integer> {
    /** Of the time, before what is in use counts as the beginning: all code has run then. */
    private static final double SETTLING = 0.2;

    /** A connection answers late packets for three probe timeouts after its end. */
    private static final long REST_MS = 5000;

    private static final double TOLERATED_GROWTH = 0.02;
    private static final double MAX_SHUTDOWN_S = 1;
    private static final int GARBAGE_COLLECTIONS = 4;
    private static final int CLASSES_NAMED = 20;
    private static final long TICK_MS = 1000;
    private static final int TICKS_A_LINE = 10;
    private static final double NS_PER_S = 1e9;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "10",
            description = "How long connections come and go (default: ${DEFAULT-VALUE}).")
    private double minutes;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "200",
            description = "How many at once (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(
            names = "--bytes",
            paramLabel = "N",
            defaultValue = "10000000000",
            description = "How many bytes there and back before (default: ${DEFAULT-VALUE}).")
    private long bytes;

    private final Pattern pattern = new Pattern();
    private final Churn.Counts counts = new Churn.Counts();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (minutes < 0 || connections < 1 || bytes < 0) {
            throw new UserError(
                    "--minutes and --bytes must not be negative, --connections 1 or more");
        }
        int threadsBefore = threads();
        SoakPair pair = new SoakPair();
        if (bytes > 0) {
            new BulkCheck(pattern, bytes).run(pair);
            System.out.println("bytes=" + bytes + " all as they were sent");
        }
        double growth = churn(pair);
        long beganNs = System.nanoTime();
        pair.close();
        double shutdownS = (System.nanoTime() - beganNs) / NS_PER_S;
        long faults = counts.faults.get() + pair.faults();
        int threadsLeft = threads() - threadsBefore;
        System.out.printf(
                "connections=%d moves=%d echoed=%d faults=%d heap_growth=%.4f shutdown_s=%.3f"
                        + " threads_left=%d%n",
                counts.connections.get(),
                counts.moves.get(),
                counts.bytes.get(),
                faults,
                growth,
                shutdownS,
                threadsLeft);
        boolean held =
                faults == 0
                        && growth <= TOLERATED_GROWTH
                        && shutdownS <= MAX_SHUTDOWN_S
                        && threadsLeft <= 0;
        return held ? 0 : 1;
    }

    /**
     * Returns by how much the heap in use has grown since the beginning settled, as a part. Both
     * times there are no connections: what those of a moment hold differs by far more than what is
     * tolerated.
     */
    private double churn(SoakPair pair) throws InterruptedException {
        long ticks = Math.round(minutes * 60);
        long settling = Math.round(ticks * SETTLING);
        churn(pair, 0, settling);
        HeapCensus[] held = {settledHeap()};
        held[0] = settledHeap(); // counts one of its kind, as the last one does
        HeapCensus settled = held[0];
        churn(pair, settling, ticks);
        HeapCensus last = settledHeap();
        last.printGrowthSince(settled, CLASSES_NAMED, System.err);
        return (double) last.bytes() / settled.bytes() - 1;
    }

    /** Lets connections come and go from one second to another, until all have gone. */
    private void churn(SoakPair pair, long from, long to) throws InterruptedException {
        List<Churn> places = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            Churn place = new Churn(pair, pattern, counts, from * connections + i);
            places.add(place);
            threads.add(Thread.ofVirtual().name("soak-" + i).start(place));
        }
        for (long tick = from + 1; tick <= to; tick++) {
            Thread.sleep(TICK_MS);
            if (tick % TICKS_A_LINE == 0) {
                System.err.printf(
                        "%d s: %d connections, %d moves, %d faults%n",
                        tick, counts.connections.get(), counts.moves.get(), counts.faults.get());
            }
        }
        places.forEach(Churn::end);
        for (Thread thread : threads) {
            thread.join();
        }
        Thread.sleep(REST_MS);
    }

    /** With pauses, for native memory is given back by a thread of its own after a collection. */
    private static HeapCensus settledHeap() throws InterruptedException {
        for (int i = 0; i < GARBAGE_COLLECTIONS; i++) {
            System.gc();
            Thread.sleep(TICK_MS / 2);
        }
        HeapCensus census = HeapCensus.take();
        System.err.printf("heap in use: %d bytes%n", census.bytes());
        return census;
    }

    /** Those of endpoints: the JDK's own come and go as it likes. */
    private static int threads() {
        return (int)
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("quic-"))
                        .count();
    }
}
