package dev.tern.quic.api;

import dev.tern.crypto.resumption.SessionTicket;

/**
 * Hears what happens to connections, on the endpoint's own thread: it must be quick and wait for
 * nothing. What it throws is logged, and the connection is closed.
 */
public interface ConnectionHandler {
    /**
     * The peer is authenticated. Before any other call for this connection, except that {@link
     * #onClosed} comes without it for one that failed.
     */
    default void onConnected(QuicConnection connection) {}

    /**
     * The peer opened a stream; usually given a {@link QuicStream#handler} here. There is no {@link
     * QuicConnection#acceptStream} beside this.
     */
    default void onStream(QuicConnection connection, QuicStream stream) {}

    /** At a client: a ticket to go on with in a later connection (RFC 8446 §4.6.1). */
    default void onSessionTicket(QuicConnection connection, SessionTicket ticket) {}

    /**
     * The connection is over.
     *
     * @param why never null; {@link QuicException#code} is 0 after an end that was asked for
     */
    default void onClosed(QuicConnection connection, QuicException why) {}
}
