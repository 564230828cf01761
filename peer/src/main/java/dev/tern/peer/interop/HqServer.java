package dev.tern.peer.interop;

import dev.tern.quic.api.QuicConnection;
import dev.tern.quic.api.QuicException;
import dev.tern.quic.api.QuicStream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The protocol {@code hq-interop}, served: a request is {@code GET /path}, the answer is the file.
 */
final class HqServer {
    static final String PROTOCOL = "hq-interop";

    /** The runner's names have 250 letters. */
    private static final int MAX_REQUEST_BYTES = 4096;

    /** There is no such file, or the request is none. */
    private static final long REFUSED = 1;

    private final Path www;
    private final Consumer<String> log;
    private final AtomicInteger failures = new AtomicInteger();

    /**
     * @param log takes sentences about what went wrong
     */
    HqServer(Path www, Consumer<String> log) {
        this.www = www;
        this.log = log;
    }

    /** How many files did not arrive whole. */
    int failures() {
        return failures.get();
    }

    /** Serves one connection to its end. */
    void serve(QuicConnection connection) {
        Phaser streams = new Phaser(1);
        try {
            QuicStream stream;
            while ((stream = connection.acceptStream()) != null) {
                QuicStream accepted = stream;
                streams.register();
                Thread.startVirtualThread(
                        () -> {
                            serve(accepted);
                            streams.arriveAndDeregister();
                        });
            }
        } catch (IOException e) {
            fail(e.getMessage());
        }
        streams.arriveAndAwaitAdvance();
    }

    private void serve(QuicStream stream) {
        try {
            String request = readLine(stream.inputStream());
            Path file = file(request);
            if (file == null) {
                fail("no file for the request \"" + request + "\"");
                stream.reset(REFUSED);
                return;
            }
            Files.copy(file, stream.outputStream());
            stream.finish();
            stream.awaitDelivery();
        } catch (QuicException e) {
            // A client that has all it wants may close before it says so of each stream.
            if (e.code() != 0 || !e.isRemote()) {
                fail(e.getMessage());
            }
        } catch (IOException e) {
            fail(e.getMessage());
        }
    }

    private void fail(String sentence) {
        failures.incrementAndGet();
        log.accept(sentence);
    }

    /** The first line; other stacks end it in one way or another. */
    private static String readLine(InputStream in) throws IOException {
        byte[] line = new byte[MAX_REQUEST_BYTES];
        int length = 0;
        int next;
        while (length < line.length && (next = in.read()) >= 0 && next != '\n') {
            line[length++] = (byte) next;
        }
        return new String(line, 0, length, StandardCharsets.UTF_8).strip();
    }

    private Path file(String request) {
        if (!request.startsWith("GET /")) {
            return null;
        }
        Path file = SafePath.in(www, request.substring("GET ".length()));
        return file != null && Files.isRegularFile(file) ? file : null;
    }
}
