package dev.tern.perf.quic;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** Waits while others work, and says every second on standard error how far they are. */
final class Progress {
    private static final double NS_PER_SECOND = 1e9;

    private final String unit;
    private final double scale;
    private final LongSupplier counter;
    private final long startNs = System.nanoTime();

    /**
     * @param counter of what is done
     * @param scale by which it is multiplied to be shown
     * @param unit what that is, of a second
     */
    Progress(LongSupplier counter, double scale, String unit) {
        this.counter = counter;
        this.scale = scale;
        this.unit = unit;
    }

    /** Waits that long, or until what must not end has ended: then throws why. */
    void run(double seconds, CompletableFuture<?> end) throws IOException, InterruptedException {
        long endNs = System.nanoTime() + (long) (seconds * NS_PER_SECOND);
        long nowNs = System.nanoTime();
        while (endNs - nowNs > 0) {
            if (step(Math.min(endNs - nowNs, (long) NS_PER_SECOND), end)) {
                return;
            }
            nowNs = System.nanoTime();
        }
    }

    /** Waits until that is done; throws what it fails with. */
    void run(CompletableFuture<?> end) throws IOException, InterruptedException {
        boolean ended = false;
        while (!ended) {
            ended = step((long) NS_PER_SECOND, end);
        }
    }

    private boolean step(long waitNs, CompletableFuture<?> end)
            throws IOException, InterruptedException {
        long beforeNs = System.nanoTime();
        long before = counter.getAsLong();
        try {
            end.get(waitNs, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            long nowNs = System.nanoTime();
            double rate = (counter.getAsLong() - before) * NS_PER_SECOND / (nowNs - beforeNs);
            System.err.printf(
                    Locale.ROOT,
                    "%5.1f s  %.2f %s%n",
                    (nowNs - startNs) / NS_PER_SECOND,
                    rate * scale,
                    unit);
            return false;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e);
        }
    }
}
