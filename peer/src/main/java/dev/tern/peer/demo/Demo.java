package dev.tern.peer.demo;

import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.peer.cli.UserError;
import dev.tern.peer.demo.io.LinkSettings;
import dev.tern.peer.demo.io.NatGateway;
import dev.tern.peer.demo.io.NatWorld;
import dev.tern.relay.RelayAddress;
import dev.tern.relay.io.RelayServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Stages the demo: starts its parts, moves peer A at the right moments, and gathers what they
 * report.
 */
final class Demo implements AutoCloseable {
    private static final long QUEUE_NS = 50_000_000L;
    private static final long PATIENCE_S = 60;
    private static final long RELAY_START_S = 10;
    private static final int A = 0;
    private static final int B = 1;

    private record Report(int peer, Map<String, Object> event) {}

    private final DemoSettings settings;
    private final Path folder;
    private final Path file;
    private final DemoView view;
    private final Measurements measured = new Measurements();
    private final LinkedBlockingQueue<Report> reports = new LinkedBlockingQueue<>();
    private final List<AutoCloseable> parts = new ArrayList<>();
    private final Child[] peers = new Child[2];
    private final NatGateway[] nats = new NatGateway[2];
    private final NatWorld world;
    private long total;
    private int movesMade;
    private String receivedSha256 = "";
    private long receivedBytes;
    private final boolean[] finished = new boolean[2];
    private int done;

    Demo(DemoSettings settings, Path folder, Path file, DemoView view) throws IOException {
        this.settings = settings;
        this.folder = folder;
        this.file = file;
        this.view = view;
        long legNs = settings.rttMs() * 1_000_000L / 4;
        world =
                new NatWorld(
                        new LinkSettings(
                                legNs,
                                settings.megabitsPerSecond() * 1_000_000L,
                                QUEUE_NS,
                                settings.loss()),
                        settings.seed());
        parts.add(world);
    }

    /** Runs to the end, or fails with a sentence. */
    void run() throws IOException, InterruptedException {
        measured.started(Events.nowUs());
        RelayAddress relay = startRelay();
        world.relay(relay.address());
        world.start();
        nats[A] = world.addNat(settings.natA());
        nats[B] = world.addNat(settings.natB());
        int sender = settings.senderIsA() ? A : B;
        total = Files.size(file);
        peers[sender] = startPeer(sender, relay, file, null);
        while (done < 2) {
            Report report = reports.poll(PATIENCE_S, TimeUnit.SECONDS);
            if (report == null) {
                throw new UserError("nothing happened for " + PATIENCE_S + " s; " + complaints());
            }
            handle(report, sender, relay);
        }
    }

    private void handle(Report report, int sender, RelayAddress relay) throws IOException {
        Map<String, Object> event = report.event();
        if ("exit".equals(event.get("event"))) {
            if (!finished[report.peer()]) {
                throw new UserError(
                        "peer "
                                + name(report.peer())
                                + " stopped early: "
                                + peers[report.peer()].complaint());
            }
            return;
        }
        measured.on(report.peer(), event, report.peer() == sender);
        switch ((String) event.get("event")) {
            case "ticket" ->
                    peers[1 - sender] =
                            startPeer(1 - sender, relay, folder, (String) event.get("ticket"));
            case "progress" -> onProgress(report.peer() == sender, event);
            case "path" -> view.path(name(report.peer()), event, measured);
            case "file" -> {
                receivedSha256 = (String) event.get("sha256");
                receivedBytes = (Long) event.get("bytes");
            }
            case "done" -> {
                finished[report.peer()] = true;
                done++;
            }
            default -> {}
        }
    }

    private void onProgress(boolean fromSender, Map<String, Object> event) throws IOException {
        long bytes = (Long) event.get("bytes");
        if (fromSender) {
            return;
        }
        view.progress(bytes, total, event);
        boolean bothDirect = measured.bothDirect() || !settings.mayBeDirect();
        if (movesMade < settings.moves()
                && bytes >= total / (settings.moves() + 1) * (movesMade + 1)
                && bothDirect) {
            movesMade++;
            moveA(total - bytes);
        }
    }

    /**
     * First the old NAT drops everything, packets in flight included, and only then does the peer
     * hear of it.
     */
    private void moveA(long bytesLeft) throws IOException {
        NatGateway next = world.addNat(settings.natA());
        nats[A].die();
        measured.moved(Events.nowUs(), bytesLeft);
        nats[A] = next;
        peers[A].tell("move " + hostPort(next.insideAddress()));
        view.move(movesMade);
    }

    private RelayAddress startRelay() throws IOException, InterruptedException {
        if (settings.oneProcess()) {
            RelayServer server =
                    RelayServer.start(
                            PeerIdentity.generate(new SecureRandom()),
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                            System.currentTimeMillis());
            parts.add(server);
            return server.address();
        }
        CompletableFuture<String> printed = new CompletableFuture<>();
        Path key = folder.resolve("relay.key");
        Child relay =
                ProcessChild.start(
                        List.of("relay", "--listen", "127.0.0.1:0", "--key", key.toString()),
                        printed::complete,
                        () -> printed.completeExceptionally(new IOException("it stopped")));
        parts.add(relay);
        try {
            return RelayAddress.parse(
                    printed.get(RELAY_START_S, TimeUnit.SECONDS).substring("relay ".length()));
        } catch (ExecutionException | TimeoutException e) {
            throw new UserError("the demo's relay did not start: " + relay.complaint());
        }
    }

    private Child startPeer(int peer, RelayAddress relay, Path fileOrFolder, String ticket) {
        Consumer<String> lines =
                line -> {
                    Map<String, Object> event = Events.decode(line);
                    if (event != null) {
                        reports.add(new Report(peer, event));
                    }
                };
        Runnable onExit = () -> reports.add(new Report(peer, Map.of("event", "exit")));
        try {
            Child child =
                    settings.oneProcess()
                            ? ThreadChild.start(
                                    task(peer, relay, fileOrFolder, ticket), lines, onExit)
                            : ProcessChild.start(
                                    arguments(peer, relay, fileOrFolder, ticket), lines, onExit);
            parts.add(child);
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DemoPeer.Task task(int peer, RelayAddress relay, Path fileOrFolder, String ticket) {
        return new DemoPeer.Task(
                ticket == null,
                relay,
                nats[peer].insideAddress(),
                fileOrFolder,
                ticket,
                settings.mayBeDirect());
    }

    private List<String> arguments(int peer, RelayAddress relay, Path fileOrFolder, String ticket) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "demo-peer",
                                "--relay",
                                relay.toString(),
                                "--gateway",
                                hostPort(nats[peer].insideAddress()),
                                "--file",
                                fileOrFolder.toString()));
        if (ticket != null) {
            arguments.addAll(List.of("--ticket", ticket));
        }
        if (settings.mayBeDirect()) {
            arguments.add("--may-be-direct");
        }
        return arguments;
    }

    private static String hostPort(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static String name(int peer) {
        return peer == A ? "A" : "B";
    }

    private String complaints() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 2; i++) {
            if (peers[i] != null && !peers[i].complaint().isEmpty()) {
                text.append("peer ")
                        .append(name(i))
                        .append(": ")
                        .append(peers[i].complaint())
                        .append(' ');
            }
        }
        return text.toString();
    }

    Measurements measured() {
        return measured;
    }

    String receivedSha256() {
        return receivedSha256;
    }

    long receivedBytes() {
        return receivedBytes;
    }

    long relayedPackets() {
        return world.nats().stream().mapToLong(NatGateway::passedToRelay).sum();
    }

    long directPackets() {
        return world.nats().stream().mapToLong(NatGateway::passedDirect).sum();
    }

    @Override
    public void close() throws IOException {
        for (AutoCloseable part : parts.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                throw new IOException("could not end a part of the demo: " + e.getMessage(), e);
            }
        }
    }
}
