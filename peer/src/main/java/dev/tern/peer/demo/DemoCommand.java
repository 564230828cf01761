package dev.tern.peer.demo;

import dev.tern.nat.emulator.NatKind;
import dev.tern.peer.cli.Terminal;
import dev.tern.peer.cli.UserError;
import dev.tern.peer.io.rehearsal.Rehearsal;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** {@code tern demo}. */
@Command(
        name = "demo",
        description =
                "Show it: a file crosses between two peers behind NATs while one of them moves.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    private static final long DEFAULT_BYTES = 64_000_000;
    private static final long TRAINING_BYTES = 16_000_000;
    private static final int TRAINING_RTT_MS = 8;
    private static final int TRAINING_MOVES = 3;
    private static final int TRAINING_REHEARSALS = 8;
    private static final int CHUNK_BYTES = 1 << 16;

    @Option(
            names = "--nat-a",
            paramLabel = "KIND",
            defaultValue = "port-restricted",
            description =
                    "NAT before peer A, which moves: none, full-cone, address-restricted, port-restricted (default), symmetric.")
    private String natA;

    @Option(
            names = "--nat-b",
            paramLabel = "KIND",
            defaultValue = "port-restricted",
            description = "NAT before peer B.")
    private String natB;

    @Option(
            names = "--rtt",
            paramLabel = "MS",
            defaultValue = "40",
            description = "Round trip from peer to peer (default: 40).")
    private int rttMs;

    @Option(
            names = "--rate",
            paramLabel = "MBIT",
            defaultValue = "100",
            description = "Rate of each peer's link in Mbit/s, with a 50 ms queue (default: 100).")
    private int megabitsPerSecond;

    @Option(
            names = "--loss",
            paramLabel = "PERCENT",
            defaultValue = "0",
            description = "Loss on each link, each way (default: 0).")
    private double lossPercent;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the network's randomness (default: 1).")
    private long seed;

    @Option(
            names = "--moves",
            paramLabel = "N",
            defaultValue = "1",
            description = "How often peer A moves (default: 1).")
    private int moves;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "The file to send (default: 64 MB made on the spot).")
    private Path file;

    @Option(
            names = "--sender",
            paramLabel = "a|b",
            defaultValue = "a",
            description = "Who sends the file (default: a).")
    private String sender;

    @Option(names = "--json", description = "End with one JSON object on a line of its own.")
    private boolean json;

    @Option(names = "--train", hidden = true)
    private boolean train;

    @Override
    public Integer call() throws IOException, InterruptedException {
        DemoSettings settings = settings();
        if (train) {
            for (int i = 0; i < TRAINING_REHEARSALS; i++) {
                Rehearsal.run();
            }
        }
        Path folder = Files.createTempDirectory("tern-demo-");
        try {
            return run(settings, folder) ? 0 : 1;
        } finally {
            deleteAll(folder);
        }
    }

    private DemoSettings settings() {
        if (file != null && !Files.isRegularFile(file)) {
            throw new UserError("no such file: " + file);
        }
        if (rttMs < 0 || rttMs > 2000) {
            throw new UserError("--rtt " + rttMs + ": choose from 0 to 2000 ms");
        }
        if (megabitsPerSecond < 1 || megabitsPerSecond > 10_000) {
            throw new UserError("--rate " + megabitsPerSecond + ": choose from 1 to 10000 Mbit/s");
        }
        if (lossPercent < 0 || lossPercent > 50) {
            throw new UserError("--loss " + lossPercent + ": choose from 0 to 50 percent");
        }
        if (moves < 0 || moves > 20) {
            throw new UserError("--moves " + moves + ": choose from 0 to 20");
        }
        if (!sender.equals("a") && !sender.equals("b")) {
            throw new UserError("--sender " + sender + ": choose a or b");
        }
        return new DemoSettings(
                NatKind.parse(natA),
                NatKind.parse(natB),
                train ? TRAINING_RTT_MS : rttMs,
                megabitsPerSecond,
                lossPercent / 100,
                seed,
                train ? TRAINING_MOVES : moves,
                file,
                train ? TRAINING_BYTES : DEFAULT_BYTES,
                sender.equals("a"),
                train);
    }

    private boolean run(DemoSettings settings, Path folder)
            throws IOException, InterruptedException {
        Path sent = file == null ? make(folder.resolve("demo.bin"), settings) : file;
        DemoView view = new DemoView(System.out, Terminal.isPresent() && !json);
        view.print(
                String.format(
                        "A behind %s, B behind %s, %d ms round trip, %d Mbit/s, %s from %s",
                        natA,
                        natB,
                        settings.rttMs(),
                        megabitsPerSecond,
                        sent.getFileName(),
                        sender.toUpperCase(java.util.Locale.ROOT)));
        Path arrivals = Files.createDirectory(folder.resolve("received"));
        try (Demo demo = new Demo(settings, arrivals, sent, view)) {
            demo.run();
            DemoResult result = new DemoResult(demo, settings, sha256(sent));
            result.printTable(System.out);
            if (json) {
                System.out.println(result.json());
            }
            return result.isSuccess();
        }
    }

    private static Path make(Path path, DemoSettings settings) throws IOException {
        SplittableRandom random = new SplittableRandom(settings.seed());
        byte[] chunk = new byte[CHUNK_BYTES];
        try (OutputStream out = Files.newOutputStream(path)) {
            for (long left = settings.fileBytes(); left > 0; left -= chunk.length) {
                random.nextBytes(chunk);
                out.write(chunk, 0, (int) Math.min(left, chunk.length));
            }
        }
        return path;
    }

    private static String sha256(Path path) throws IOException {
        try (var in = Files.newInputStream(path)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] chunk = new byte[CHUNK_BYTES];
            int n;
            while ((n = in.read(chunk)) > 0) {
                digest.update(chunk, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder())
                    .forEach(
                            path -> {
                                try {
                                    Files.deleteIfExists(path);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
        }
    }
}
