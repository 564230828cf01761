package dev.tern.peer;

import dev.tern.quic.connection.CloseReason;
import dev.tern.quic.path.Path;
import dev.tern.quic.path.SwitchReason;
import dev.tern.quic.stream.Stream;

/** What an application hears of a connection to a peer. Called on the agent's thread. */
public interface PeerListener {
    /**
     * Both sides know each other, and the dialler proved that it may connect: streams may be
     * opened.
     */
    default void onEstablished(PeerConnection connection, long nowNs) {}

    /** The peer opened a stream. */
    default void onStreamOpened(PeerConnection connection, Stream stream) {}

    /** Bytes, the end or a reset can be read. */
    default void onReadable(PeerConnection connection, Stream stream) {}

    /** There is room to write again. */
    default void onWritable(PeerConnection connection, Stream stream) {}

    /**
     * Data goes by another path from now on.
     *
     * @param byPeer whether the peer asked for it
     */
    default void onPathChanged(
            PeerConnection connection,
            Path from,
            Path to,
            SwitchReason reason,
            boolean byPeer,
            long nowNs) {}

    /** The connection, or the attempt to make it, is over. */
    default void onClosed(PeerConnection connection, CloseReason reason, long nowNs) {}
}
