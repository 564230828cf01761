package dev.tern.perf.compare;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What contestants do, over and over. */
enum Measure {
    /** One connection with one stream that carries bytes as fast as it goes. */
    BULK(Figure.SPEED, Figure.COST, "tcp-tls", "bytes", 6),
    /** Full handshakes, eight at a time, each connection closed when it stands. */
    HANDSHAKES(Figure.HANDSHAKES, Figure.HANDSHAKE_RATE, "netty-quic", "handshakes", 30),
    /** One byte there and back on an open stream, one after the other. */
    ECHO(Figure.ROUND_TRIP, Figure.ROUND_TRIP_COST, "netty-quic", "round_trips", 6);

    /** By which the rows are judged first. */
    final Figure lead;

    final Figure second;

    /** The row that all are set beside. */
    final String yardstick;

    /** What is counted, as JSON calls it. */
    final String countName;

    /** On two processors a JVM takes about so long to compile what is then measured. */
    final double warmUpSeconds;

    Measure(Figure lead, Figure second, String yardstick, String countName, double warmUpSeconds) {
        this.lead = lead;
        this.second = second;
        this.yardstick = yardstick;
        this.countName = countName;
        this.warmUpSeconds = warmUpSeconds;
    }

    /** The one that the command line calls so. */
    static Optional<Measure> called(String name) {
        return Arrays.stream(values())
                .filter(measure -> measure.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }
}
