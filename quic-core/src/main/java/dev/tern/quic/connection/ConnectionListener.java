package dev.tern.quic.connection;

import dev.tern.crypto.resumption.SessionTicket;
import dev.tern.quic.path.PathListener;
import dev.tern.quic.stream.Stream;

import java.net.InetSocketAddress;

/** Hears what happens on a connection. Called on the agent's thread. */
public interface ConnectionListener extends PathListener {
    /** The connection is made; nothing has been received or sent. */
    default void onStarted(Connection connection, long nowNs) {}

    /** The peer is authenticated, data may flow. */
    default void onHandshakeComplete(Connection connection, long nowNs) {}

    /** Both sides know that the peer is authenticated: other paths may be used. */
    default void onHandshakeConfirmed(Connection connection, long nowNs) {}

    /** At a client: a ticket to go on with in a later connection (RFC 8446 §4.6.1). */
    default void onSessionTicket(Connection connection, SessionTicket ticket, long nowNs) {}

    /** The peer opened a stream. */
    default void onStreamOpened(Connection connection, Stream stream) {}

    /** Bytes, or the end, or a reset, can be read. */
    default void onStreamReadable(Connection connection, Stream stream) {}

    /** There is room to write again. */
    default void onStreamWritable(Connection connection, Stream stream) {}

    /** Both halves of a stream are done with; nothing more will be heard of it. */
    default void onStreamDone(Connection connection, Stream stream) {}

    /** The peer lets us open more streams of this kind. */
    default void onStreamsAllowed(Connection connection, boolean bidirectional) {}

    /** A DATAGRAM frame arrived (RFC 9221); the bytes are valid during the call only. */
    default void onDatagram(
            Connection connection, byte[] buffer, int offset, int length, long nowNs) {}

    /** The peer issued connection IDs: what failed for want of one may work now. */
    default void onPeerIdsIssued(Connection connection, long nowNs) {}

    /** ADD_ADDRESS: the peer can perhaps be reached there. */
    default void onPeerAddress(
            Connection connection, long sequence, InetSocketAddress address, long nowNs) {}

    /** REMOVE_ADDRESS. */
    default void onPeerAddressRemoved(Connection connection, long sequence, long nowNs) {}

    /** PUNCH_ME_NOW: the peer probes and wants to be probed at {@code address}. */
    default void onPunchMeNow(
            Connection connection,
            long round,
            long pairedWithSequence,
            InetSocketAddress address,
            long nowNs) {}

    /** The path that carries the data did not acknowledge in time, for the {@code count}th time. */
    default void onProbeTimeout(Connection connection, int count, long nowNs) {}

    /** The connection is over; nothing more will be heard of it but {@link #onReleased}. */
    default void onClosed(Connection connection, CloseReason reason, long nowNs) {}

    /** Its end needs no more answers: it will send nothing again. */
    default void onReleased(Connection connection) {}
}
