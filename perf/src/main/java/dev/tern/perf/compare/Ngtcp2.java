package dev.tern.perf.compare;

import dev.tern.perf.compare.end.SelfSigned;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * ngtcp2, by the example programs that Debian packages: HTTP/3, one download of made-up content.
 * They take no signals, so that a transfer is counted as a whole: the start of the client, a few
 * ms, is part of it.
 */
final class Ngtcp2 implements Contestant {
    private static final String CIPHER =
            "--ciphers=NORMAL:-VERS-ALL:+VERS-TLS1.3:-CIPHER-ALL:+AES-128-GCM";

    private static final Path CARRIED = Path.of("/sys/class/net/lo/statistics/rx_bytes");

    /** Of the first transfer, which tells how long the second one has to be. */
    private static final double GUESS_BYTES_PER_SECOND = 250e6;

    private static final long START_MS = 300;
    private static final long POLL_MS = 2;
    private static final double NS_PER_SECOND = 1e9;
    private static final double MAX_TIMES = 20;

    @Override
    public String name() {
        return "ngtcp2";
    }

    @Override
    public String unavailable() {
        return find("gtlsserver") != null && find("gtlsclient") != null
                ? null
                : "gtlsserver and gtlsclient are not installed (Debian: ngtcp2-server,"
                        + " ngtcp2-client)";
    }

    /** Servers may be where only administrators look. */
    private static String find(String program) {
        Path server = Path.of("/usr/sbin", program);
        return QuicGo.onPath(program)
                ? program
                : Files.isExecutable(server) ? server.toString() : null;
    }

    @Override
    public Sample measure(double warmUpSeconds, double seconds)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("tern-compare");
        try {
            return measure(folder, warmUpSeconds, seconds);
        } finally {
            for (String file : List.of("key.pem", "cert.pem")) {
                Files.deleteIfExists(folder.resolve(file));
            }
            Files.delete(folder);
        }
    }

    private static Sample measure(Path folder, double warmUpSeconds, double seconds)
            throws IOException, InterruptedException {
        writeIdentity(folder);
        int port = freePort();
        Process server = startServer(folder, port);
        try {
            Thread.sleep(START_MS);
            Sample first = transfer(server, port, (long) (GUESS_BYTES_PER_SECOND * warmUpSeconds));
            double times = Math.min(MAX_TIMES, seconds * NS_PER_SECOND / first.wallNs());
            return transfer(server, port, (long) (first.count() * times));
        } finally {
            server.destroyForcibly();
        }
    }

    private static Process startServer(Path folder, int port) throws IOException {
        return quiet(
                find("gtlsserver"),
                "-q",
                CIPHER,
                "--max-dyn-length=1024G",
                "127.0.0.1",
                String.valueOf(port),
                folder.resolve("key.pem").toString(),
                folder.resolve("cert.pem").toString());
    }

    private static Process quiet(String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
    }

    private static Sample transfer(Process server, int port, long bytes)
            throws IOException, InterruptedException {
        if (!server.isAlive()) {
            throw new IOException("gtlsserver did not start");
        }
        long carried = carriedBytes();
        long serverNs = cpuNs(server);
        long startNs = System.nanoTime();
        Process client =
                quiet(
                        find("gtlsclient"),
                        "-q",
                        CIPHER,
                        "--exit-on-all-streams-close",
                        "127.0.0.1",
                        String.valueOf(port),
                        "https://127.0.0.1/" + bytes);
        long clientNs = 0;
        try {
            while (!client.waitFor(POLL_MS, TimeUnit.MILLISECONDS)) {
                clientNs = Math.max(clientNs, cpuNs(client));
            }
        } finally {
            client.destroyForcibly();
        }
        long wallNs = System.nanoTime() - startNs;
        if (client.exitValue() != 0 || carriedBytes() - carried < bytes) {
            throw new IOException("gtlsclient did not get all that it asked for");
        }
        return new Sample(bytes, wallNs, clientNs + cpuNs(server) - serverNs, 0);
    }

    /** On loopback, by whomever: the client's exit code is 0 even if it got nothing. */
    private static long carriedBytes() throws IOException {
        return Long.parseLong(Files.readString(CARRIED).strip());
    }

    /** To 10 ms; of a process that ended, nothing. */
    private static long cpuNs(Process process) {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return socket.getLocalPort();
        }
    }

    private static void writeIdentity(Path folder) throws IOException {
        try {
            SelfSigned identity = SelfSigned.generate();
            identity.writeKey(folder.resolve("key.pem"));
            identity.writeCertificate(folder.resolve("cert.pem"));
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot make a certificate: " + e.getMessage(), e);
        }
    }
}
