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
import java.util.function.Function;

/**
 * The protocol {@code hq-interop}, served: a request is {@code GET /path}, the answer is the file.
 */
final class HqServer implements FileServer {
    /** The runner's names have 250 letters. */
    private static final int MAX_REQUEST_BYTES = 4096;

    /** There is no such file, or the request is none. */
    private static final long REFUSED = 1;

    private final Function<String, Path> files;
    private final Failures failures;

    /**
     * @param files finds the file that a path names, or null
     */
    HqServer(Function<String, Path> files, Failures failures) {
        this.files = files;
        this.failures = failures;
    }

    @Override
    public void serve(QuicConnection connection) {
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
            failures.add(e.getMessage());
        }
        streams.arriveAndAwaitAdvance();
    }

    private void serve(QuicStream stream) {
        try {
            String request = readLine(stream.inputStream());
            Path file = file(request);
            if (file == null) {
                failures.add("no file for the request \"" + request + "\"");
                stream.reset(REFUSED);
                return;
            }
            Files.copy(file, stream.outputStream());
            stream.finish();
            stream.awaitDelivery();
        } catch (QuicException e) {
            // A client that has all it wants may close before it says so of each stream.
            if (e.code() != 0 || !e.isRemote()) {
                failures.add(e.getMessage());
            }
        } catch (IOException e) {
            failures.add(e.getMessage());
        }
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
        return request.startsWith("GET /") ? files.apply(request.substring("GET ".length())) : null;
    }
}
