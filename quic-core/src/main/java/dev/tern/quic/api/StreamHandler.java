package dev.tern.quic.api;

/**
 * Drives a stream without waiting: set by {@link QuicStream#handler}, called on the endpoint's own
 * thread, so that no byte crosses from one thread to another. A handler uses the {@code readNow}
 * and {@code writeNow} forms only, and must be quick: nothing is received or sent meanwhile. What
 * it throws is logged, and the stream is given up.
 *
 * <p>Calls may be spurious; none is missing. A handler that leaves bytes unread, or room unused, is
 * called again only when there is more of it.
 */
public interface StreamHandler {
    /** There are bytes, or the end, or a reset, to be read. */
    default void onReadable(QuicStream stream) {}

    /** There is room to write, or the peer wants no more, or it has all that was written. */
    default void onWritable(QuicStream stream) {}

    /**
     * Nothing more will be heard of this stream.
     *
     * @param why the connection is over; null if both halves came to their end
     */
    default void onClosed(QuicStream stream, QuicException why) {}
}
