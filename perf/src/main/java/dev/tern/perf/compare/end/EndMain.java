package dev.tern.perf.compare.end;

import com.sun.management.OperatingSystemMXBean;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/**
 * The process of one end. A server says {@code ready PORT}, and {@code receiving 0} when the first
 * bytes are there; a client says nothing. A line on standard input begins the counting, the next
 * one ends it; then both say {@code counted BYTES CPU_NS WALL_NS} and are gone. Programs in other
 * languages speak the same.
 */
public final class EndMain {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private EndMain() {}

    /** {@code STACK server}, or {@code STACK client PORT}. */
    public static void main(String[] arguments)
            throws IOException, GeneralSecurityException, InterruptedException {
        Stack stack = stack(arguments[0]);
        Meter meter = new Meter();
        if (arguments[1].equals("server")) {
            System.out.println("ready " + stack.receive(meter));
            while (meter.bytes() == 0) {
                Thread.sleep(1);
            }
            System.out.println("receiving 0");
        } else {
            int port = Integer.parseInt(arguments[2]);
            Thread.ofPlatform().daemon().start(() -> send(stack, port));
        }
        count(meter);
        System.exit(0); // threads of other stacks would go on
    }

    /** Each one is loaded only where it is used: the others' libraries may be missing. */
    private static Stack stack(String name) throws GeneralSecurityException {
        return switch (name) {
            case "tern" -> new TernStack();
            case "tcp" -> TcpStack.plain();
            case "tcp-tls" -> TcpStack.tls();
            case "netty-quic" -> new NettyStack();
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

    private static void count(Meter meter) throws IOException {
        BufferedReader signals =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        if (signals.readLine() == null) {
            return; // who started this is gone
        }
        long bytes = meter.bytes();
        long cpuNs = SYSTEM.getProcessCpuTime();
        long wallNs = System.nanoTime();
        if (signals.readLine() == null) {
            return;
        }
        bytes = meter.bytes() - bytes;
        cpuNs = SYSTEM.getProcessCpuTime() - cpuNs;
        wallNs = System.nanoTime() - wallNs;
        System.out.println("counted " + bytes + " " + cpuNs + " " + wallNs);
    }
}
