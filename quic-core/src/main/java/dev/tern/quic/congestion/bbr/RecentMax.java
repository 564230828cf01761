package dev.tern.quic.congestion.bbr;

/** The largest value of this period and the one before. */
final class RecentMax {
    private double current;
    private double previous;

    void add(double value) {
        current = Math.max(current, value);
    }

    /** The next period begins. A period without a value does not make the last one forgotten. */
    void advance() {
        if (current > 0) {
            previous = current;
            current = 0;
        }
    }

    void clear() {
        current = 0;
        previous = 0;
    }

    double value() {
        return Math.max(current, previous);
    }
}
