package dev.tern.peer.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.peer.Ticket;
import dev.tern.peer.transfer.FileReceiver;
import dev.tern.peer.transfer.FileSender;
import dev.tern.relay.RelayAddress;
import dev.tern.relay.io.RelayServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A relay and peers over real sockets, all in this process. */
@Timeout(60)
class PeerTest {
    private static final long TIMEOUT_MS = 20_000;

    private final SecureRandom random = new SecureRandom();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private RelayServer relay;
    @TempDir private Path folder;
    private Path inbox;

    @BeforeEach
    void startRelay() throws IOException, InterruptedException {
        inbox = Files.createDirectory(folder.resolve("inbox"));
        relay =
                RelayServer.start(
                        PeerIdentity.generate(random),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        System.currentTimeMillis());
    }

    @AfterEach
    void stopRelay() {
        threads.shutdownNow();
        relay.close();
    }

    private Peer peer() throws IOException, InterruptedException {
        Peer peer = Peer.start(PeerIdentity.generate(random), relay.address(), new SystemNetwork());
        peer.awaitRelay(TIMEOUT_MS);
        return peer;
    }

    private Path file(String name, int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(5).nextBytes(bytes);
        return Files.write(folder.resolve(name), bytes);
    }

    /** Sends from one new peer to another. */
    private FileReceiver.Received transfer(Path file) throws Exception {
        try (Peer sender = peer();
                Peer receiver = peer()) {
            Ticket ticket = sender.listen();
            Future<Void> sending =
                    threads.submit(
                            (Callable<Void>)
                                    () -> {
                                        new FileSender(file)
                                                .send(
                                                        sender.accept().openStream(true, 3),
                                                        (bytes, total) -> {});
                                        return null;
                                    });
            PeerChannel channel = receiver.connect(ticket, TIMEOUT_MS);
            assertThat(channel.peer()).isEqualTo(ticket.peer());
            FileReceiver.Received received =
                    new FileReceiver(inbox).receive(channel.acceptStream(), (bytes, total) -> {});
            sending.get();
            return received;
        }
    }

    @Test
    void shouldBringAFileToAnotherPeer() throws Exception {
        Path file = file("photo.raw", 3_000_000);

        FileReceiver.Received received = transfer(file);

        assertThat(received.file())
                .isEqualTo(inbox.resolve("photo.raw"))
                .hasSameBinaryContentAs(file);
        assertThat(received.sizeBytes()).isEqualTo(3_000_000);
        assertThat(inbox).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void shouldBringAnEmptyFile() throws Exception {
        assertThat(transfer(file("empty", 0)).file()).isEmptyFile();
    }

    @Test
    void shouldOverwriteNothing() throws Exception {
        Path taken = Files.writeString(inbox.resolve("note.txt"), "mine");

        FileReceiver.Received received = transfer(file("note.txt", 10));

        assertThat(received.file()).isEqualTo(inbox.resolve("note (1).txt"));
        assertThat(taken).hasContent("mine");
    }

    @Test
    void shouldSayThatTheRelayDoesNotAnswer() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            RelayAddress nobody =
                    new RelayAddress(
                            PeerIdentity.generate(random).peerId(),
                            (InetSocketAddress) silent.getLocalSocketAddress());
            try (Peer peer =
                    Peer.start(PeerIdentity.generate(random), nobody, new SystemNetwork())) {
                assertThatThrownBy(() -> peer.awaitRelay(10))
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith("cannot reach the relay at 127.0.0.1:")
                        .hasMessageEndingWith("check the address and that UDP is allowed");
            }
        }
    }

    @Test
    void shouldSayThatNobodyHasTheTicketsPeerId() throws Exception {
        Ticket stale;
        try (Peer gone = peer()) {
            stale = gone.listen();
        }
        try (Peer peer = peer()) {
            assertThatThrownBy(() -> peer.connect(stale, TIMEOUT_MS))
                    .isInstanceOf(IOException.class)
                    .message()
                    .isNotBlank()
                    .doesNotContain("Exception");
        }
    }

    @Test
    void shouldTellReadersThatThePeerIsGone() throws Exception {
        try (Peer acceptor = peer();
                Peer dialler = peer()) {
            Ticket ticket = acceptor.listen();
            PeerChannel dialled = dialler.connect(ticket, TIMEOUT_MS);
            PeerChannel accepted = acceptor.accept();
            Future<?> waiting = threads.submit(accepted::acceptStream);

            dialled.close();

            assertThatThrownBy(waiting::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("the peer closed the connection");
        }
    }
}
