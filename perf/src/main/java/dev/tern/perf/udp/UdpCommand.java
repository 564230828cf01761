package dev.tern.perf.udp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import dev.tern.peer.cli.UserError;
import dev.tern.quic.io.UdpTransports;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code tern perf udp}: the transports without QUIC, from one process to another. */
@Command(
        name = "udp",
        description = {
            "Measure datagrams on loopback, without QUIC: one process sends as fast as it can, one receives.",
            "What the receiver is too slow for is lost, and not counted as received."
        },
        mixinStandardHelpOptions = true)
public final class UdpCommand implements Callable<Integer> {
    private static final int MAX_SIZE = 65_000;
    private static final double MAX_WARM_UP_S = 2;
    private static final double MS = 1000;

    @Option(
            names = "--transport",
            paramLabel = "KIND",
            description = "nio or linux; without it both, one after the other.")
    private String transport;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How long to count (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            defaultValue = "1200",
            description = "Of a datagram (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(names = "--json", description = "Print the results as JSON.")
    private boolean asJson;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (size < 1 || size > MAX_SIZE) {
            throw new UserError("--size must be from 1 to " + MAX_SIZE);
        }
        if (!(seconds > 0)) {
            throw new UserError("--seconds must be more than 0");
        }
        List<String> kinds = kinds();
        if (asJson) {
            printJson(kinds);
        } else {
            System.out.println(UdpFigures.HEADLINE);
            for (String kind : kinds) {
                System.out.println(measure(kind).line());
            }
        }
        return 0;
    }

    private List<String> kinds() {
        if (transport != null) {
            UdpTransports.choose(transport); // says now if it does not work here
            return List.of(transport);
        }
        try {
            UdpTransports.choose("linux");
            return List.of("nio", "linux");
        } catch (IllegalArgumentException e) {
            System.err.println("tern perf udp: only nio: " + e.getMessage());
            return List.of("nio");
        }
    }

    private void printJson(List<String> kinds) throws IOException, InterruptedException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartArray();
            for (String kind : kinds) {
                measure(kind).write(json);
            }
            json.writeEndArray();
        }
        System.out.println(text);
    }

    private UdpFigures measure(String kind) throws IOException, InterruptedException {
        try (UdpEnd receiver = UdpEnd.start(kind, size, 0);
                UdpEnd sender = UdpEnd.start(kind, size, receiver.port())) {
            Thread.sleep((long) (Math.min(seconds, MAX_WARM_UP_S) * MS)); // to compile
            receiver.signal();
            sender.signal();
            Thread.sleep((long) (seconds * MS));
            receiver.signal();
            sender.signal();
            return new UdpFigures(kind, size, sender.count(), receiver.count());
        }
    }
}
