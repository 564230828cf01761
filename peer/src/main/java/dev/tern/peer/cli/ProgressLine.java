package dev.tern.peer.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * One line about a transfer: how much, how fast, by which path. On a terminal it is rewritten in
 * place; elsewhere a new one is printed every few seconds. A change of path shows at once, whatever
 * thread hears of it.
 */
public final class ProgressLine {
    private static final long TERMINAL_INTERVAL_NS = 200_000_000L;
    private static final long LOG_INTERVAL_NS = 2_000_000_000L;
    private static final double RATE_SMOOTHING = 0.3;

    private final PrintStream out;
    private final boolean terminal;
    private final BooleanSupplier relayed;
    private long lastNs;
    private long lastBytes;
    private long totalBytes;
    private double bitsPerSecond;
    private int width;

    /**
     * @param terminal whether the line can be rewritten in place
     * @param relayed tells whether data goes through the relay now
     */
    public ProgressLine(PrintStream out, boolean terminal, BooleanSupplier relayed, long nowNs) {
        this.out = out;
        this.terminal = terminal;
        this.relayed = relayed;
        this.lastNs = nowNs;
    }

    /** Shows where things stand, unless that was done just before. */
    public synchronized void update(long bytes, long total, long nowNs) {
        long elapsedNs = nowNs - lastNs;
        if (elapsedNs < (terminal ? TERMINAL_INTERVAL_NS : LOG_INTERVAL_NS) && bytes < total) {
            return;
        }
        double latest = (bytes - lastBytes) * 8e9 / Math.max(elapsedNs, 1);
        bitsPerSecond =
                bitsPerSecond == 0
                        ? latest
                        : bitsPerSecond + RATE_SMOOTHING * (latest - bitsPerSecond);
        lastNs = nowNs;
        lastBytes = bytes;
        totalBytes = total;
        show();
    }

    /** The path is another: shows that at once. */
    public synchronized void onPathChanged() {
        show();
    }

    private void show() {
        print(
                String.format(
                        Locale.ROOT,
                        "%3d %%  %s of %s  %.1f Mbit/s  %s",
                        totalBytes == 0 ? 0 : lastBytes * 100 / totalBytes,
                        size(lastBytes),
                        size(totalBytes),
                        bitsPerSecond / 1e6,
                        relayed.getAsBoolean() ? "relayed" : "direct"));
    }

    /** Ends the line, so that something else can be printed. */
    public synchronized void end() {
        if (terminal && width > 0) {
            out.println();
            width = 0;
        }
    }

    private void print(String line) {
        if (!terminal) {
            out.println(line);
            return;
        }
        String padded = line + " ".repeat(Math.max(0, width - line.length()));
        width = line.length();
        out.print("\r" + padded);
        out.flush();
    }

    static String size(long bytes) {
        if (bytes < 10_000) {
            return bytes + " B";
        }
        return bytes < 10_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
