package dev.tern.perf.udp;

import dev.tern.quic.io.UdpTransport;
import dev.tern.quic.io.UdpTransports;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/**
 * The process of one end; {@code tern perf udp} starts it, and gives the signals by a line on
 * standard input each.
 */
@Command(name = "udp-end", hidden = true)
public final class UdpEndCommand implements Callable<Integer> {
    static final String READY = "ready";
    static final String COUNTED = "counted";

    @Option(names = "--transport", required = true)
    private String transport;

    @Option(names = "--size", required = true)
    private int size;

    /** The sender's; a receiver has none. */
    @Option(names = "--to")
    private int port;

    @Override
    public Integer call() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (UdpTransport socket =
                UdpTransports.choose(transport).open(new InetSocketAddress(loopback, 0), null)) {
            Pump pump = new Pump(socket);
            Thread.ofPlatform().daemon().start(() -> listen(pump));
            System.out.println(READY + " " + socket.local().getPort());
            Pump.Count count =
                    port == 0
                            ? pump.receive()
                            : pump.send(new InetSocketAddress(loopback, port), size);
            System.out.println(
                    COUNTED + " " + count.packets() + " " + count.cpuNs() + " " + count.wallNs());
        }
        return 0;
    }

    /**
     * The first line begins the counting; the second, or that nobody is there any more, ends it.
     */
    private static void listen(Pump pump) {
        try (BufferedReader signals =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            if (signals.readLine() != null) {
                pump.begin();
                signals.readLine();
            }
        } catch (IOException e) {
            System.err.println("tern perf udp: " + e.getMessage());
        }
        pump.end();
    }
}
