package dev.tern.peer.demo;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** What a person sees while the demo runs. On a terminal one line is rewritten in place. */
final class DemoView {
    private static final double RATE_SMOOTHING = 0.3;

    private final PrintStream out;
    private final boolean terminal;
    private long lastNs;
    private long lastBytes;
    private double bitsPerSecond;
    private int width;

    DemoView(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void progress(long bytes, long total, Map<String, Object> event) {
        long nowNs = System.nanoTime();
        if (lastNs != 0) {
            double latest = (bytes - lastBytes) * 8e9 / (nowNs - lastNs);
            bitsPerSecond += RATE_SMOOTHING * (latest - bitsPerSecond);
        }
        lastNs = nowNs;
        lastBytes = bytes;
        if (!terminal) {
            return;
        }
        String line =
                String.format(
                        Locale.ROOT,
                        "  %3d %%   %-7s   %6.1f Mbit/s   RTT %.1f ms",
                        total == 0 ? 100 : bytes * 100 / total,
                        Boolean.TRUE.equals(event.get("relayed")) ? "relayed" : "direct",
                        bitsPerSecond / 1e6,
                        (Long) event.get("rtt_us") / 1e3);
        out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
        out.flush();
        width = line.length();
    }

    void path(String peer, Map<String, Object> event, Measurements measured) {
        print(
                String.format(
                        Locale.ROOT,
                        "%7.0f ms  %s: %s -> %s (%s)",
                        measured.sinceStartMs((Long) event.get("t_us")),
                        peer,
                        event.get("old"),
                        event.get("new"),
                        event.get("reason")));
    }

    void move(int number) {
        print("           A loses its address and gets another (move " + number + ")");
    }

    void print(String line) {
        if (terminal && width > 0) {
            out.print("\r" + " ".repeat(width) + "\r");
            width = 0;
        }
        out.println(line);
    }
}
