package dev.tern.peer.demo;

import dev.tern.peer.cli.HostPort;
import dev.tern.relay.RelayAddress;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** The process of one of the demo's peers; {@code tern demo} starts it. */
@Command(name = "demo-peer", hidden = true)
public final class DemoPeerCommand implements Callable<Integer> {
    @Option(names = "--relay", required = true)
    private String relay;

    @Option(names = "--gateway", required = true)
    private String gateway;

    @Option(names = "--file", required = true)
    private Path file;

    @Option(names = "--ticket")
    private String ticket;

    @Option(names = "--may-be-direct")
    private boolean mayBeDirect;

    @Override
    public Integer call() throws IOException, InterruptedException {
        DemoPeer.Task task =
                new DemoPeer.Task(
                        ticket == null,
                        RelayAddress.parse(relay),
                        HostPort.parse(gateway),
                        file,
                        ticket,
                        mayBeDirect);
        BufferedReader commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        new DemoPeer(task, DemoPeerCommand::print).run(commands);
        return 0;
    }

    private static void print(String line) {
        synchronized (System.out) {
            System.out.println(line);
        }
    }
}
