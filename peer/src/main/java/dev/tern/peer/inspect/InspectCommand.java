package dev.tern.peer.inspect;

import dev.tern.peer.cli.UserError;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code tern inspect}. */
@Command(
        name = "inspect",
        description = {
            "Show what is in a QUIC datagram: headers, and the frames wherever they can be read.",
            "A client's Initial is read without further help, the rest with --keylog."
        },
        mixinStandardHelpOptions = true)
public final class InspectCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    /**
     * Single datagrams come from the midst of a connection; in a capture the first ones come first.
     */
    private static final int WINDOWS_OF_SINGLE_DATAGRAM = 1024;

    @Parameters(
            arity = "0..*",
            paramLabel = "HEX",
            description = {
                "The datagram's bytes in hexadecimal.",
                "- reads them from standard input, where an empty line separates datagrams."
            })
    private List<String> hex = List.of();

    @Option(
            names = "--pcap",
            paramLabel = "FILE",
            description = "Read the datagrams from a capture (pcap or pcapng).")
    private Path capture;

    @Option(
            names = "--keylog",
            paramLabel = "FILE",
            description = "The secrets, from a file that a program wrote to SSLKEYLOGFILE.")
    private Path keyLog;

    @Option(names = "--frames", description = "The bytes are frames, without header or protection.")
    private boolean framesOnly;

    private int shown;
    private int passedOver;

    @Override
    public Integer call() throws IOException {
        if (hex.isEmpty() == (capture == null)) {
            throw new UserError("give either a datagram in hexadecimal or --pcap FILE");
        }
        int windows = capture == null ? WINDOWS_OF_SINGLE_DATAGRAM : 1;
        KeyRing keys = new KeyRing(keyLog == null ? List.of() : KeyLogFile.read(keyLog), windows);
        DatagramInspector inspector =
                new DatagramInspector(keys, capture == null, System.out::println);
        if (capture != null) {
            CaptureFile.read(capture, captured -> inspect(inspector, captured));
            reportCapture();
        } else {
            inspectHex(inspector);
        }
        return 0;
    }

    private void inspectHex(DatagramInspector inspector) throws IOException {
        List<byte[]> datagrams =
                hex.equals(List.of(STANDARD_INPUT))
                        ? HexInput.datagrams(
                                new String(System.in.readAllBytes(), StandardCharsets.UTF_8))
                        : List.of(HexInput.datagram(String.join(" ", hex)));
        int number = 0;
        for (byte[] datagram : datagrams) {
            number++;
            if (framesOnly) {
                inspector.inspectFrames(datagram);
            } else if (!inspector.inspect("datagram " + number, datagram)) {
                throw new UserError("datagram " + number + " is no QUIC packet");
            }
        }
    }

    private void inspect(DatagramInspector inspector, CapturedDatagram captured) {
        if (inspector.inspect(
                "datagram " + (shown + 1) + " " + captured.route(), captured.payload())) {
            shown++;
        } else {
            passedOver++;
        }
    }

    private void reportCapture() {
        if (shown == 0) {
            throw new UserError("no QUIC datagram in " + capture);
        }
        if (passedOver > 0) {
            System.out.println(passedOver + " other UDP datagrams passed over");
        }
    }
}
