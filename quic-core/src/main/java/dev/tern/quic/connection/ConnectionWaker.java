package dev.tern.quic.connection;

import dev.tern.quic.stream.Stream;

/**
 * How an application thread tells the agent that it wrote to or read from a stream. The agent then
 * calls {@code connection.streams().onWritten(stream)} on its own thread and sends what there is.
 * In a single-threaded program that call can be made at once: {@link #DIRECT}.
 */
public interface ConnectionWaker {
    /** For programs whose only thread is the agent's. */
    ConnectionWaker DIRECT = (connection, stream) -> connection.streams().onWritten(stream);

    void onStreamWritten(Connection connection, Stream stream);
}
