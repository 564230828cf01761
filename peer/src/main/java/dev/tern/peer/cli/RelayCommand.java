package dev.tern.peer.cli;

import dev.tern.peer.io.rehearsal.Rehearsal;
import dev.tern.relay.RelayAddress;
import dev.tern.relay.io.RelayServer;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;

/** {@code tern relay}. */
@Command(
        name = "relay",
        description = "Run a relay: peers register with it, find each other, and fall back to it.",
        mixinStandardHelpOptions = true)
final class RelayCommand implements Callable<Integer> {
    @Option(
            names = "--listen",
            required = true,
            paramLabel = "HOST:PORT",
            description = "The address to serve; port 0 for any.")
    private String listen;

    @Option(
            names = "--public",
            paramLabel = "HOST:PORT",
            description = "The address that peers shall use, where it is not the one listened on.")
    private String publicAddress;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The relay's key file (default: ~/.tern/relay.key).")
    private Path key;

    @Override
    public Integer call() throws IOException, InterruptedException {
        InetSocketAddress address = HostPort.parse(listen);
        if (address.getAddress().isAnyLocalAddress() && publicAddress == null) {
            throw new UserError(
                    "listening on every address needs --public HOST:PORT, to tell peers which to use");
        }
        Path file = key == null ? Keys.inHome("relay.key") : key;
        Rehearsal.run();
        try (RelayServer server = start(address, file)) {
            RelayAddress serving =
                    publicAddress == null
                            ? server.address()
                            : new RelayAddress(
                                    server.address().id(), HostPort.parse(publicAddress));
            System.out.println("relay " + serving);
            throw new UserError(server.awaitFailure());
        }
    }

    private RelayServer start(InetSocketAddress address, Path file)
            throws IOException, InterruptedException {
        try {
            return RelayServer.start(
                    Keys.loadOrCreate(file, new SecureRandom()),
                    address,
                    System.currentTimeMillis());
        } catch (java.net.BindException e) {
            throw bindError(address);
        } catch (IOException e) {
            if (e.getCause() instanceof java.net.BindException) {
                throw bindError(address);
            }
            throw e;
        }
    }

    private UserError bindError(InetSocketAddress address) {
        return new UserError(
                "cannot listen on "
                        + listen
                        + ": port "
                        + address.getPort()
                        + " is in use, or the address is not this machine's; choose another with --listen");
    }
}
