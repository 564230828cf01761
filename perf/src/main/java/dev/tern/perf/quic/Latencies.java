package dev.tern.perf.quic;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long things took, from the moment on that counts. Any thread. */
public final class Latencies {
    private static final int DIGITS = 3;
    private static final double NS_PER_US = 1000;
    private static final double P50 = 50;
    private static final double P99 = 99;
    private static final double P999 = 99.9;

    private final Histogram histogram = new ConcurrentHistogram(DIGITS);

    /** Forgets the warm-up. */
    public void begin() {
        histogram.reset();
    }

    public void record(long elapsedNs) {
        histogram.recordValue(Math.max(0, elapsedNs));
    }

    public long count() {
        return histogram.getTotalCount();
    }

    /** Half took no longer than that. */
    public long medianNs() {
        return histogram.copy().getValueAtPercentile(P50);
    }

    Figures put(Figures figures) {
        Histogram now = histogram.copy();
        return figures.put("p50_us", now.getValueAtPercentile(P50) / NS_PER_US)
                .put("p99_us", now.getValueAtPercentile(P99) / NS_PER_US)
                .put("p999_us", now.getValueAtPercentile(P999) / NS_PER_US);
    }
}
