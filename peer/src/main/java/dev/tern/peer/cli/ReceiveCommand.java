package dev.tern.peer.cli;

import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.peer.Ticket;
import dev.tern.peer.io.Peer;
import dev.tern.peer.io.PeerChannel;
import dev.tern.peer.io.SystemNetwork;
import dev.tern.peer.transfer.FileReceiver;
import dev.tern.quic.api.QuicStream;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;

/** {@code tern receive}. */
@Command(
        name = "receive",
        description = "Fetch the file that a ticket stands for.",
        mixinStandardHelpOptions = true)
final class ReceiveCommand implements Callable<Integer> {
    private static final long RELAY_TIMEOUT_MS = 10_000;
    private static final long CONNECT_TIMEOUT_MS = 15_000;

    @Parameters(index = "0", paramLabel = "TICKET", description = "What tern send printed.")
    private String ticket;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "The folder for the file (default: here).")
    private Path folder;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "Use this identity (default: a new one each time).")
    private Path key;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Ticket parsed = Ticket.parse(ticket);
        if (!Files.isDirectory(folder)) {
            throw new UserError("no such folder: " + folder);
        }
        if (!Files.isWritable(folder)) {
            throw new UserError(
                    "cannot write to the folder " + folder + "; choose another with --to");
        }
        SecureRandom random = new SecureRandom();
        PeerIdentity identity =
                key == null ? PeerIdentity.generate(random) : Keys.loadOrCreate(key, random);
        try (Peer peer = Peer.start(identity, parsed.relay(), new SystemNetwork())) {
            peer.awaitRelay(RELAY_TIMEOUT_MS);
            FileReceiver.Received received = receive(peer.connect(parsed, CONNECT_TIMEOUT_MS));
            System.out.println("received " + received.file());
            System.out.println("sha256 " + received.sha256());
            return 0;
        }
    }

    private FileReceiver.Received receive(PeerChannel channel)
            throws IOException, InterruptedException {
        ProgressLine line =
                new ProgressLine(
                        System.err, Terminal.isPresent(), channel::isRelayed, System.nanoTime());
        channel.observePath((from, to, reason, byPeer) -> line.onPathChanged());
        try {
            QuicStream stream = channel.acceptStream();
            FileReceiver.Received received =
                    new FileReceiver(folder)
                            .receive(
                                    stream,
                                    (bytes, total) -> line.update(bytes, total, System.nanoTime()));
            channel.awaitPeerClose();
            return received;
        } finally {
            line.end();
        }
    }
}
