package dev.tern.peer.demo;

import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.peer.Ticket;
import dev.tern.peer.cli.HostPort;
import dev.tern.peer.demo.io.DemoNetwork;
import dev.tern.peer.io.Peer;
import dev.tern.peer.io.PeerChannel;
import dev.tern.peer.io.rehearsal.Rehearsal;
import dev.tern.peer.transfer.FileReceiver;
import dev.tern.peer.transfer.FileSender;
import dev.tern.quic.api.QuicStream;
import dev.tern.quic.path.Path;
import dev.tern.quic.path.SwitchReason;
import dev.tern.relay.RelayAddress;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One peer of the demo: sends or receives the file, sends and receives messages, moves when it is
 * told to, and reports what it sees. Runs in a process of its own, or on threads where the launcher
 * trains.
 */
final class DemoPeer {
    private static final byte TAG_MESSAGES = 0;
    private static final byte TAG_FILE = 1;
    private static final int MESSAGE_URGENCY = 1;
    private static final int FILE_URGENCY = 3;
    private static final long RELAY_TIMEOUT_MS = 10_000;
    private static final long DIRECT_TIMEOUT_MS = 3_000;
    private static final long REPORT_INTERVAL_MS = 100;

    /**
     * What a peer is told.
     *
     * @param sends whether it sends the file, and so waits for the other, or dials and receives it
     * @param file the file, or the folder for it
     * @param ticket of the sender; null at the sender
     * @param mayBeDirect whether the two NATs allow a direct path
     */
    record Task(
            boolean sends,
            RelayAddress relay,
            InetSocketAddress gateway,
            java.nio.file.Path file,
            String ticket,
            boolean mayBeDirect) {}

    private final Task task;
    private final Consumer<String> events;
    private final AtomicLong transferred = new AtomicLong();
    private final AtomicLong total = new AtomicLong();
    private final Messages messages = new Messages();
    private final CountDownLatch messagesReceived = new CountDownLatch(1);
    private final CountDownLatch fileDone = new CountDownLatch(1);
    private final CountDownLatch messagesSent = new CountDownLatch(1);
    private volatile boolean sendMessages = true;
    private volatile CountDownLatch direct = new CountDownLatch(1);
    private volatile IOException failure;

    DemoPeer(Task task, Consumer<String> events) {
        this.task = task;
        this.events = events;
    }

    /** Does all of it; {@code commands} are lines such as {@code move HOST:PORT}. */
    void run(BufferedReader commands) throws IOException, InterruptedException {
        DemoNetwork network = new DemoNetwork(task.gateway());
        try (Peer peer =
                Peer.start(
                        PeerIdentity.generate(new java.security.SecureRandom()),
                        task.relay(),
                        network)) {
            startThread("commands", Thread.MAX_PRIORITY, () -> obey(commands, network, peer));
            Thread rehearsal = Rehearsal.start();
            peer.awaitRelay(RELAY_TIMEOUT_MS);
            rehearsal.join();
            PeerChannel channel = connect(peer);
            channel.observePath((from, to, reason, byPeer) -> onPath(from, to, reason, byPeer));
            emit("established", "dialler", !task.sends());
            if (!channel.isRelayed()) {
                direct.countDown();
            }
            startThread("reports", Thread.MIN_PRIORITY, () -> report(channel));
            startThread("streams", Thread.NORM_PRIORITY, () -> acceptStreams(channel));
            startThread("messages", Thread.NORM_PRIORITY, () -> sendMessages(channel));
            if (task.sends()) {
                sendFile(channel);
            }
            finish(channel);
        }
    }

    private PeerChannel connect(Peer peer) throws IOException, InterruptedException {
        if (task.sends()) {
            emit("ticket", "ticket", peer.listen().encode());
            return peer.accept();
        }
        emit("dial");
        return peer.connect(Ticket.parse(task.ticket()), RELAY_TIMEOUT_MS);
    }

    private void sendFile(PeerChannel channel) throws IOException, InterruptedException {
        Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
        QuicStream stream = channel.openStream(true, FILE_URGENCY);
        stream.write(new byte[] {TAG_FILE}, 0, 1);
        new FileSender(task.file()).send(stream, this::onProgress);
        fileDone.countDown();
    }

    private void finish(PeerChannel channel) throws IOException, InterruptedException {
        fileDone.await();
        if (task.mayBeDirect()) {
            direct.await(DIRECT_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        }
        sendMessages = false;
        messagesSent.await();
        messagesReceived.await();
        if (failure != null) {
            throw failure;
        }
        emit(
                "messages",
                "received",
                messages.received(),
                "lost_bytes",
                messages.lostBytes(),
                "repeated_bytes",
                messages.repeatedBytes(),
                "relayed",
                channel.isRelayed());
        if (task.sends()) {
            channel.awaitPeerClose();
        } else {
            channel.close();
        }
        emit("done");
    }

    private void acceptStreams(PeerChannel channel) throws IOException, InterruptedException {
        int expected = task.sends() ? 1 : 2;
        for (int i = 0; i < expected; i++) {
            QuicStream stream = channel.acceptStream();
            byte[] tag = new byte[1];
            if (stream.read(tag, 0, 1) != 1) {
                throw new IOException("the other peer ended a stream at once");
            }
            if (tag[0] == TAG_MESSAGES) {
                startThread("message-reader", Thread.NORM_PRIORITY, () -> receiveMessages(stream));
            } else {
                startThread("file-reader", Thread.MIN_PRIORITY, () -> receiveFile(stream));
            }
        }
    }

    private void receiveMessages(QuicStream stream) throws IOException {
        messages.receive(
                stream,
                new Messages.Observer() {
                    @Override
                    public void onFirst(long atUs) {
                        events.accept(Events.encode("first_message", atUs));
                    }

                    @Override
                    public void onGap(long fromUs, long toUs) {
                        events.accept(Events.encode("gap", toUs, "from_us", fromUs));
                    }
                });
        messagesReceived.countDown();
    }

    private void receiveFile(QuicStream stream) throws IOException {
        FileReceiver.Received received =
                new FileReceiver(task.file()).receive(stream, this::onProgress);
        emit(
                "file",
                "bytes",
                received.sizeBytes(),
                "sha256",
                received.sha256(),
                "path",
                received.file().toString());
        fileDone.countDown();
    }

    private void sendMessages(PeerChannel channel) throws IOException, InterruptedException {
        QuicStream stream = channel.openStream(false, MESSAGE_URGENCY);
        stream.write(new byte[] {TAG_MESSAGES}, 0, 1);
        Messages.send(stream, () -> sendMessages);
        messagesSent.countDown();
    }

    private void onProgress(long bytes, long ofBytes) {
        transferred.set(bytes);
        total.set(ofBytes);
    }

    private void onPath(Path from, Path to, SwitchReason reason, boolean byPeer) {
        if (to.isRelayed()) {
            direct = new CountDownLatch(1);
        } else {
            direct.countDown();
        }
        emit(
                "path",
                "old",
                from.isRelayed() ? "relayed" : "direct",
                "new",
                to.isRelayed() ? "relayed" : "direct",
                "reason",
                reason.toString(),
                "by_peer",
                byPeer,
                "file_bytes_left",
                total.get() - transferred.get(),
                "relay_rtt_us",
                from.isRelayed() && from.rtt().isSampled() ? from.rtt().minNs() / 1000 : 0L);
    }

    private void report(PeerChannel channel) throws InterruptedException {
        while (!channel.closed().isDone()) {
            channel.agentRun(
                    () ->
                            emit(
                                    "progress",
                                    "bytes",
                                    transferred.get(),
                                    "total",
                                    total.get(),
                                    "relayed",
                                    channel.isRelayed(),
                                    "rtt_us",
                                    channel.connection()
                                                    .connection()
                                                    .currentPath()
                                                    .rtt()
                                                    .smoothedNs()
                                            / 1000));
            TimeUnit.MILLISECONDS.sleep(REPORT_INTERVAL_MS);
        }
    }

    private void obey(BufferedReader commands, DemoNetwork network, Peer peer) throws IOException {
        String line;
        while ((line = commands.readLine()) != null) {
            if (line.startsWith("move ")) {
                network.moveTo(HostPort.parse(line.substring("move ".length())));
                peer.onAddressesChanged();
            }
        }
        throw new IOException("the demo has ended");
    }

    private interface Body {
        void run() throws IOException, InterruptedException;
    }

    private void startThread(String name, int priority, Body body) {
        Thread.ofPlatform()
                .daemon()
                .name("demo-" + name)
                .priority(priority)
                .start(
                        () -> {
                            try {
                                body.run();
                            } catch (IOException e) {
                                failure = e;
                                fileDone.countDown();
                                messagesReceived.countDown();
                                messagesSent.countDown();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    private void emit(String event, Object... pairs) {
        events.accept(Events.encode(event, Events.nowUs(), pairs));
    }
}
