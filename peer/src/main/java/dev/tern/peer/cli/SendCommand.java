package dev.tern.peer.cli;

import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.peer.io.Peer;
import dev.tern.peer.io.PeerChannel;
import dev.tern.peer.io.SystemNetwork;
import dev.tern.peer.io.rehearsal.Rehearsal;
import dev.tern.peer.transfer.FileSender;
import dev.tern.quic.api.QuicStream;
import dev.tern.relay.RelayAddress;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;

/** {@code tern send}. */
@Command(
        name = "send",
        description = "Offer a file: prints a ticket, waits for whoever has it, and sends.",
        mixinStandardHelpOptions = true)
final class SendCommand implements Callable<Integer> {
    private static final long RELAY_TIMEOUT_MS = 10_000;
    private static final int BULK_URGENCY = 3;

    @Parameters(index = "0", paramLabel = "FILE", description = "The file to send.")
    private Path file;

    @Option(
            names = "--relay",
            required = true,
            paramLabel = "ADDRESS",
            description = "What tern relay printed.")
    private String relay;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "Use this identity (default: a new one each time).")
    private Path key;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isRegularFile(file)) {
            throw new UserError(
                    Files.exists(file) ? "not a file: " + file : "no such file: " + file);
        }
        if (!Files.isReadable(file)) {
            throw new UserError("cannot read " + file + "; check its permissions");
        }
        SecureRandom random = new SecureRandom();
        PeerIdentity identity =
                key == null ? PeerIdentity.generate(random) : Keys.loadOrCreate(key, random);
        RelayAddress named = RelayAddress.parse(relay);
        RelayAddress found = new RelayAddress(named.id(), HostPort.resolve(named.address()));
        try (Peer peer = Peer.start(identity, found, new SystemNetwork())) {
            Rehearsal.start();
            peer.awaitRelay(RELAY_TIMEOUT_MS);
            System.out.println("ticket " + peer.listen().encode());
            send(peer.accept());
            return 0;
        }
    }

    private void send(PeerChannel channel) throws IOException, InterruptedException {
        ProgressLine line =
                new ProgressLine(
                        System.err, Terminal.isPresent(), channel::isRelayed, System.nanoTime());
        channel.observePath((from, to, reason, byPeer) -> line.onPathChanged());
        try {
            QuicStream stream = channel.openStream(true, BULK_URGENCY);
            new FileSender(file)
                    .send(stream, (bytes, total) -> line.update(bytes, total, System.nanoTime()));
        } finally {
            line.end();
        }
        System.err.println(
                "sent " + file.getFileName() + " (" + ProgressLine.size(Files.size(file)) + ")");
    }
}
