package dev.tern.perf.compare.end;

import com.sun.management.OperatingSystemMXBean;

import dev.tern.perf.quic.BlockingPing;
import dev.tern.perf.quic.HandlerPing;
import dev.tern.perf.quic.Latencies;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * The process of one end. A server says {@code ready PORT}, and {@code receiving 0} when the first
 * bytes or connections are there; a client says nothing. A line on standard input begins the
 * counting, the next one ends it; then both say {@code counted COUNT CPU_NS WALL_NS} and are gone;
 * a client that times round trips adds their median in ns. Programs in other languages speak the
 * same.
 */
public final class EndMain {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private EndMain() {}

    /**
     * {@code STACK [FOLDER] server}, or {@code STACK [FOLDER] client PORT}, where the folder holds
     * what {@link Issued} wrote.
     */
    public static void main(String[] arguments)
            throws IOException, GeneralSecurityException, InterruptedException {
        Queue<String> words = new ArrayDeque<>(List.of(arguments));
        Latencies latencies = new Latencies();
        Stack stack = stack(words, latencies);
        Meter meter = new Meter();
        if (words.poll().equals("server")) {
            System.out.println("ready " + stack.receive(meter));
            while (meter.count() == 0) {
                Thread.sleep(1);
            }
            System.out.println("receiving 0");
        } else {
            int port = Integer.parseInt(words.poll());
            Thread.ofPlatform().daemon().start(() -> send(stack, port));
        }
        count(meter, latencies);
        System.exit(0); // threads of other stacks would go on
    }

    /** Each one is loaded only where it is used: the others' libraries may be missing. */
    private static Stack stack(Queue<String> words, Latencies latencies)
            throws GeneralSecurityException {
        String name = words.poll();
        return switch (name) {
            case "tern" -> new TernStack();
            case "tern-handshakes" -> new TernHandshakes(Path.of(words.poll()));
            case "tern-echo" -> new TernEcho(Path.of(words.poll()), latencies, HandlerPing::start);
            case "tern-ping" -> new TernEcho(Path.of(words.poll()), latencies, BlockingPing::start);
            case "tcp" -> TcpStack.plain();
            case "tcp-tls" -> TcpStack.tls();
            case "netty-quic" -> new NettyStack();
            case "netty-handshakes" -> new NettyHandshakes(Path.of(words.poll()));
            case "netty-echo" -> new NettyEcho(Path.of(words.poll()), latencies);
            case "kwik" -> new KwikStack();
            default -> throw new IllegalArgumentException("no such stack: " + name);
        };
    }

    private static void send(Stack stack, int port) {
        try {
            stack.send(port);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            System.err.println(e);
            System.exit(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void count(Meter meter, Latencies latencies) throws IOException {
        BufferedReader signals =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        if (signals.readLine() == null) {
            return; // who started this is gone
        }
        long count = meter.count();
        latencies.begin();
        long cpuNs = SYSTEM.getProcessCpuTime();
        long wallNs = System.nanoTime();
        if (signals.readLine() == null) {
            return;
        }
        count = meter.count() - count;
        cpuNs = SYSTEM.getProcessCpuTime() - cpuNs;
        wallNs = System.nanoTime() - wallNs;
        String median = latencies.count() > 0 ? " " + latencies.medianNs() : "";
        System.out.println("counted " + count + " " + cpuNs + " " + wallNs + median);
    }
}
