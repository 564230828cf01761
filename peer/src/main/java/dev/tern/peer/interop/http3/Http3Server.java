package dev.tern.peer.interop.http3;

import dev.tern.quic.api.QuicConnection;
import dev.tern.quic.api.QuicException;
import dev.tern.quic.api.QuicStream;
import dev.tern.quic.api.StreamResetException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Phaser;
import java.util.function.Consumer;
import java.util.function.Function;

/** Serves files: a request is a GET, the answer the file. */
public final class Http3Server {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final Function<String, Path> files;
    private final Consumer<String> onFailure;

    /**
     * @param files finds the file that a path names, or null
     * @param onFailure takes a sentence about each file that did not arrive whole
     */
    public Http3Server(Function<String, Path> files, Consumer<String> onFailure) {
        this.files = files;
        this.onFailure = onFailure;
    }

    /** Serves one connection to its end. */
    public void serve(QuicConnection connection) {
        Http3Connection http3 = new Http3Connection(connection, true);
        Phaser requests = new Phaser(1);
        try {
            http3.open();
            http3.accept(
                    stream -> {
                        requests.register();
                        Thread.startVirtualThread(
                                () -> {
                                    serve(http3, stream);
                                    requests.arriveAndDeregister();
                                });
                    });
        } catch (QuicException e) {
            if (!Http3Connection.isOrderly(e)) {
                onFailure.accept(e.getMessage());
            }
        } catch (IOException e) {
            onFailure.accept(e.getMessage());
        }
        requests.arriveAndAwaitAdvance();
    }

    private void serve(Http3Connection http3, QuicStream stream) {
        try {
            respond(stream, read(stream));
            stream.awaitDelivery();
        } catch (Http3Exception e) {
            onFailure.accept(e.getMessage());
            http3.fail(e);
            giveUp(stream, e.error());
        } catch (StreamResetException e) {
            onFailure.accept(e.getMessage());
            giveUp(stream, Http3Error.H3_REQUEST_CANCELLED);
        } catch (QuicException e) {
            // A client that has all it wants may close before it says so of each stream.
            if (!Http3Connection.isOrderly(e)) {
                onFailure.accept(e.getMessage());
            }
        } catch (IOException e) {
            onFailure.accept(e.getMessage());
            giveUp(stream, Http3Error.H3_INTERNAL_ERROR);
        }
    }

    /** All of the request, whose body nobody wants. */
    private static Request read(QuicStream stream) throws IOException {
        MessageReader message = new MessageReader(stream.inputStream(), false);
        Request request = message.request();
        byte[] nowhere = new byte[CHUNK_BYTES];
        while (message.read(nowhere, 0, nowhere.length) >= 0) {
            // Its frames are checked.
        }
        return request;
    }

    private void respond(QuicStream stream, Request request) throws IOException {
        Path file = "GET".equals(request.method()) ? files.apply(request.path()) : null;
        if (file != null) {
            long length = Files.size(file);
            writeHead(stream, Response.OK, length);
            stream.write(Frames.header(FrameType.DATA, length));
            if (Files.copy(file, stream.outputStream()) != length) {
                throw new IOException(request.path() + " changed while it was sent");
            }
        } else {
            boolean isGet = "GET".equals(request.method());
            writeHead(stream, isGet ? Response.NOT_FOUND : Response.METHOD_NOT_ALLOWED, 0);
            onFailure.accept(
                    "no file for the request \"" + request.method() + " " + request.path() + "\"");
        }
        stream.finish();
    }

    private static void writeHead(QuicStream stream, int status, long length) throws IOException {
        stream.write(Frames.whole(FrameType.HEADERS, FieldSections.response(status, length)));
    }

    private static void giveUp(QuicStream stream, Http3Error error) {
        stream.stopSending(error.code());
        stream.reset(error.code());
    }
}
