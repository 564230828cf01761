package dev.tern.quic.connection;

import dev.tern.crypto.resumption.SessionTicket;
import dev.tern.quic.path.IcmpError;
import dev.tern.quic.path.Path;
import dev.tern.quic.path.PathListener;
import dev.tern.quic.path.SwitchReason;
import dev.tern.quic.stream.Stream;
import dev.tern.quic.stream.StreamWaker;

import java.net.InetSocketAddress;

/**
 * Passes what a connection's parts report on to its {@link ConnectionListener}, and to the
 * connection itself where that has to act. Owned by one agent; only streams' {@link
 * #onStreamWritten} comes from other threads.
 */
final class ListenerNews implements PathListener, ConnectionEvents, StreamWaker {
    private final Connection connection;
    private final ConnectionWaker agent;

    ListenerNews(Connection connection, ConnectionWaker agent) {
        this.connection = connection;
        this.agent = agent;
    }

    private ConnectionListener listener() {
        return connection.listener();
    }

    long nowNs() {
        return connection.nowNs();
    }

    // ---- from the handshake

    void onSessionTicket(SessionTicket ticket) {
        listener().onSessionTicket(connection, ticket, nowNs());
    }

    void onHandshakeComplete() {
        listener().onHandshakeComplete(connection, nowNs());
    }

    void onHandshakeConfirmed() {
        connection.onHandshakeConfirmed();
        listener().onHandshakeConfirmed(connection, nowNs());
    }

    // ---- from the paths

    @Override
    public void onPathAdded(Path path, boolean byPeer, long nowNs) {
        connection.onPathAdded(path);
        listener().onPathAdded(path, byPeer, nowNs);
    }

    @Override
    public void onPathValidated(Path path, long nowNs) {
        connection.onPathValidated(path, nowNs);
        listener().onPathValidated(path, nowNs);
    }

    @Override
    public void onPathFailed(Path path, long nowNs) {
        connection.onPathFailed(path, nowNs);
        listener().onPathFailed(path, nowNs);
    }

    @Override
    public void onPathSwitched(
            Path from, Path to, SwitchReason reason, boolean byPeer, long nowNs) {
        connection.onPathSwitched(to, nowNs);
        listener().onPathSwitched(from, to, reason, byPeer, nowNs);
    }

    @Override
    public void onObservedAddress(Path path, InetSocketAddress address, long nowNs) {
        listener().onObservedAddress(path, address, nowNs);
    }

    @Override
    public void onPathSuspected(Path path, IcmpError why, long nowNs) {
        listener().onPathSuspected(path, why, nowNs);
    }

    // ---- from the frames

    @Override
    public void onPeerClose(boolean application, long errorCode, String reason, long nowNs) {
        connection.onPeerClose(application, errorCode, reason, nowNs);
    }

    @Override
    public void onDatagram(byte[] buffer, int offset, int length, long nowNs) {
        listener().onDatagram(connection, buffer, offset, length, nowNs);
    }

    @Override
    public void onNewToken(byte[] token) {
        connection.onNewToken(token);
    }

    @Override
    public void onPeerIdsIssued(long nowNs) {
        listener().onPeerIdsIssued(connection, nowNs);
    }

    @Override
    public void onPeerAddress(long sequence, InetSocketAddress address, long nowNs) {
        listener().onPeerAddress(connection, sequence, address, nowNs);
    }

    @Override
    public void onPeerAddressRemoved(long sequence, long nowNs) {
        listener().onPeerAddressRemoved(connection, sequence, nowNs);
    }

    @Override
    public void onPunchMeNow(
            long round, long pairedWithSequence, InetSocketAddress address, long nowNs) {
        listener().onPunchMeNow(connection, round, pairedWithSequence, address, nowNs);
    }

    // ---- from the streams

    @Override
    public void onStreamWritten(Stream stream) {
        agent.onStreamWritten(connection, stream);
    }

    @Override
    public void onReadable(Stream stream) {
        listener().onStreamReadable(connection, stream);
    }

    @Override
    public void onWritable(Stream stream) {
        listener().onStreamWritable(connection, stream);
    }

    @Override
    public void onOpened(Stream stream) {
        listener().onStreamOpened(connection, stream);
    }

    @Override
    public void onDone(Stream stream) {
        listener().onStreamDone(connection, stream);
    }

    @Override
    public void onOpenAllowed(boolean bidirectional) {
        listener().onStreamsAllowed(connection, bidirectional);
    }
}
