package dev.tern.quic.api;

import dev.tern.quic.connection.Connection;
import dev.tern.quic.io.EndpointAgent;
import dev.tern.quic.stream.Stream;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** Opens streams in the order in which they were asked for. Belongs to the agent's thread. */
final class StreamOpening {
    private final EndpointAgent agent;
    private final Queue<CompletableFuture<QuicStream>> bidirectional = new ArrayDeque<>();
    private final Queue<CompletableFuture<QuicStream>> unidirectional = new ArrayDeque<>();

    StreamOpening(EndpointAgent agent) {
        this.agent = agent;
    }

    void add(boolean isBidirectional, CompletableFuture<QuicStream> opened) {
        waiting(isBidirectional).add(opened);
    }

    /** Opens as many as the peer allows. */
    void openAllowed(Connection connection, boolean isBidirectional) {
        Queue<CompletableFuture<QuicStream>> waiting = waiting(isBidirectional);
        while (!waiting.isEmpty()) {
            QuicStream opened = openNow(connection, isBidirectional);
            if (opened == null) {
                return;
            }
            waiting.remove().complete(opened);
        }
    }

    /** Opens one, or returns null at the peer's limit. */
    QuicStream openNow(Connection connection, boolean isBidirectional) {
        Stream stream = connection.streams().open(isBidirectional);
        return stream == null ? null : wrap(stream);
    }

    QuicStream wrap(Stream stream) {
        QuicStream wrapped = new QuicStream(stream, agent);
        stream.attach(wrapped);
        return wrapped;
    }

    static QuicStream of(Stream stream) {
        return (QuicStream) stream.attachment();
    }

    void end(QuicException why) {
        bidirectional.forEach(opened -> opened.completeExceptionally(why));
        unidirectional.forEach(opened -> opened.completeExceptionally(why));
        bidirectional.clear();
        unidirectional.clear();
    }

    private Queue<CompletableFuture<QuicStream>> waiting(boolean isBidirectional) {
        return isBidirectional ? bidirectional : unidirectional;
    }
}
