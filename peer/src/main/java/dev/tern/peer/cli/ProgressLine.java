package dev.tern.peer.cli;

import java.io.PrintStream;
import java.util.Locale;

/**
 * One line about a transfer: how much, how fast, by which path. On a terminal it is rewritten in
 * place; elsewhere a new one is printed every few seconds. Used by one thread.
 */
public final class ProgressLine {
    private static final long TERMINAL_INTERVAL_NS = 200_000_000L;
    private static final long LOG_INTERVAL_NS = 2_000_000_000L;
    private static final double RATE_SMOOTHING = 0.3;

    private final PrintStream out;
    private final boolean terminal;
    private long lastNs;
    private long lastBytes;
    private double bitsPerSecond;
    private int width;

    public ProgressLine(PrintStream out, boolean terminal, long nowNs) {
        this.out = out;
        this.terminal = terminal;
        this.lastNs = nowNs;
    }

    /** Shows where things stand, unless that was done just before. */
    public void update(long bytes, long total, boolean relayed, long nowNs) {
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
        print(
                String.format(
                        Locale.ROOT,
                        "%3d %%  %s of %s  %.1f Mbit/s  %s",
                        total == 0 ? 100 : bytes * 100 / total,
                        size(bytes),
                        size(total),
                        bitsPerSecond / 1e6,
                        relayed ? "relayed" : "direct"));
    }

    /** Ends the line, so that something else can be printed. */
    public void end() {
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
