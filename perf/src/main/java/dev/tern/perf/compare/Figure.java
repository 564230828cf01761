package dev.tern.perf.compare;

import java.util.function.ToDoubleFunction;

/** What is told of a contestant, and compared. */
enum Figure {
    SPEED("Gbit/s", "gbit_per_s", Sense.AT_LEAST, Sample::gigabitsPerSecond),
    COST("CPU-s/GB", "cpu_s_per_gb", Sense.AT_MOST, Sample::cpuSecondsPerGigabyte),
    HANDSHAKES("handshakes/CPU-s", "handshakes_per_cpu_s", Sense.AT_LEAST, Sample::perCpuSecond),
    HANDSHAKE_RATE("handshakes/s", "handshakes_per_s", Sense.AT_LEAST, Sample::perSecond),
    ROUND_TRIP("p50, µs", "p50_us", Sense.BELOW, Sample::medianMicroseconds),
    ROUND_TRIP_COST(
            "CPU-µs each", "cpu_us_per_round_trip", Sense.AT_MOST, Sample::cpuMicrosecondsForEach);

    /** Which side of a bound is the good one. */
    enum Sense {
        AT_LEAST("≥"),
        AT_MOST("≤"),
        BELOW("<");

        final String sign;

        Sense(String sign) {
            this.sign = sign;
        }

        boolean holds(double value, double bound) {
            return switch (this) {
                case AT_LEAST -> value >= bound;
                case AT_MOST -> value <= bound;
                case BELOW -> value < bound;
            };
        }
    }

    final String unit;
    final String jsonName;
    final Sense sense;

    @SuppressWarnings("ImmutableEnumChecker") // A method of a record.
    private final ToDoubleFunction<Sample> function;

    Figure(String unit, String jsonName, Sense sense, ToDoubleFunction<Sample> function) {
        this.unit = unit;
        this.jsonName = jsonName;
        this.sense = sense;
        this.function = function;
    }

    double of(Sample sample) {
        return function.applyAsDouble(sample);
    }
}
