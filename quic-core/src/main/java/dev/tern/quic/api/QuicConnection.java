package dev.tern.quic.api;

import dev.tern.quic.connection.CloseReason;
import dev.tern.quic.connection.Connection;
import dev.tern.quic.connection.ConnectionListener;
import dev.tern.quic.path.Path;
import dev.tern.quic.path.PathListener;
import dev.tern.quic.path.SwitchReason;
import dev.tern.quic.stream.Stream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * A connection whose peer is authenticated. All methods may be called by any thread but the
 * endpoint's own, on which path events are reported.
 */
public final class QuicConnection implements AutoCloseable {
    /** No limit of its own: the peer cannot have more streams open than the transport allows. */
    private static final int MAX_WAITING_STREAMS = Integer.MAX_VALUE;

    private static final PathListener DEAF = new PathListener() {};

    private final ConnectionOwner owner;
    private final CompletableFuture<QuicConnection> established = new CompletableFuture<>();
    private final Arrivals<BlockingStream> arrivals = new Arrivals<>(MAX_WAITING_STREAMS);
    private final Events events = new Events();
    private volatile InetSocketAddress remote;
    private volatile PathListener pathListener = DEAF;

    // The agent's thread only.
    private final Queue<CompletableFuture<BlockingStream>> awaitBidirectional = new ArrayDeque<>();
    private final Queue<CompletableFuture<BlockingStream>> awaitUnidirectional = new ArrayDeque<>();
    private Connection connection;
    private String ended;

    QuicConnection(ConnectionOwner owner, InetSocketAddress remote) {
        this.owner = owner;
        this.remote = remote;
    }

    /** Hears, on the agent's thread, what happens on the connection below. */
    ConnectionListener events() {
        return events;
    }

    /** Completed with this when the handshake is; else fails. */
    CompletableFuture<QuicConnection> established() {
        return established;
    }

    // ---- streams

    /** Opens a stream that both sides write to; waits while the peer allows no more streams. */
    public BlockingStream openStream() throws IOException {
        return open(true);
    }

    /** Opens a stream that only this side writes to; waits while the peer allows no more. */
    public BlockingStream openUnidirectionalStream() throws IOException {
        return open(false);
    }

    private BlockingStream open(boolean bidirectional) throws IOException {
        CompletableFuture<BlockingStream> opened = new CompletableFuture<>();
        return Results.await(
                owner.call(() -> openOrAwait(bidirectional, opened)).thenCompose(asked -> opened));
    }

    private boolean openOrAwait(boolean bidirectional, CompletableFuture<BlockingStream> opened)
            throws QuicException {
        if (ended != null) {
            throw new QuicException(ended);
        }
        awaiting(bidirectional).add(opened);
        openAwaited(bidirectional);
        return opened.isDone();
    }

    private Queue<CompletableFuture<BlockingStream>> awaiting(boolean bidirectional) {
        return bidirectional ? awaitBidirectional : awaitUnidirectional;
    }

    private void openAwaited(boolean bidirectional) {
        Queue<CompletableFuture<BlockingStream>> awaiting = awaiting(bidirectional);
        Stream stream;
        while (!awaiting.isEmpty() && (stream = connection.streams().open(bidirectional)) != null) {
            awaiting.remove().complete(wrap(stream));
        }
        owner.wake(connection);
    }

    private static BlockingStream wrap(Stream stream) {
        BlockingStream blocking = new BlockingStream(stream);
        stream.attach(blocking);
        return blocking;
    }

    /**
     * Waits for a stream that the peer opens.
     *
     * @return null once the connection was closed without an error
     * @throws QuicException once it has ended with one
     */
    public BlockingStream acceptStream() throws IOException {
        return arrivals.take();
    }

    // ---- the connection

    /** Where the peer is at the moment. */
    public InetSocketAddress remoteAddress() {
        return remote;
    }

    /** The protocol agreed on (ALPN). */
    public String applicationProtocol() throws IOException {
        return Results.await(owner.call(() -> connection.tls().applicationProtocol()));
    }

    /** What the peer showed, its own certificate first; empty if it showed none. */
    public List<byte[]> peerCertificates() throws IOException {
        return Results.await(owner.call(() -> connection.tls().peerCertificates()));
    }

    /** Sets who hears what happens to the connection's paths. It must not wait for anything. */
    public void pathListener(PathListener listener) {
        pathListener = listener;
    }

    /**
     * Closes the connection without an error. What the peer has not acknowledged by then may never
     * arrive: see {@link BlockingStream#awaitDelivery}.
     */
    @Override
    public void close() {
        close(0, "");
    }

    /** Closes the connection with an error code of the application's and a sentence. */
    public void close(long errorCode, String message) {
        owner.execute(() -> closeNow(errorCode, message));
    }

    /** Agent: this side has dialled. */
    void start(Connection dialled) {
        connection = dialled;
    }

    /** Agent: as {@link #close(long, String)}, at once. */
    void closeNow(long errorCode, String message) {
        if (connection != null && ended == null) {
            connection.close(errorCode, message, owner.nowNs());
            owner.wake(connection);
        }
    }

    /** Agent: the connection is over, for this reason. */
    void end(String why, boolean clean) {
        if (ended != null) {
            return;
        }
        ended = why;
        QuicException failure = new QuicException(why);
        established.completeExceptionally(failure);
        awaitBidirectional.forEach(opened -> opened.completeExceptionally(failure));
        awaitUnidirectional.forEach(opened -> opened.completeExceptionally(failure));
        if (connection != null) {
            connection.streams().forEach(stream -> of(stream).onClosed(why));
        }
        arrivals.end(clean ? null : why);
        owner.forget(this);
    }

    private static BlockingStream of(Stream stream) {
        return (BlockingStream) stream.attachment();
    }

    /** On the agent's thread. */
    private final class Events implements ConnectionListener {
        @Override
        public void onHandshakeComplete(Connection complete, long nowNs) {
            connection = complete;
            established.complete(QuicConnection.this);
            owner.onEstablished(QuicConnection.this, complete.isDialler());
        }

        @Override
        public void onStreamOpened(Connection on, Stream stream) {
            arrivals.offer(wrap(stream));
        }

        @Override
        public void onStreamReadable(Connection on, Stream stream) {
            of(stream).onReadable();
        }

        @Override
        public void onStreamWritable(Connection on, Stream stream) {
            of(stream).onWritable();
        }

        @Override
        public void onStreamsAllowed(Connection on, boolean bidirectional) {
            if (connection != null) {
                openAwaited(bidirectional);
            }
        }

        @Override
        public void onClosed(Connection on, CloseReason reason, long nowNs) {
            end(Ending.of(reason, remote, established.isDone()), reason.isClean());
        }

        @Override
        public void onPathAdded(Path path, boolean byPeer, long nowNs) {
            pathListener.onPathAdded(path, byPeer, nowNs);
        }

        @Override
        public void onPathValidated(Path path, long nowNs) {
            pathListener.onPathValidated(path, nowNs);
        }

        @Override
        public void onPathFailed(Path path, long nowNs) {
            pathListener.onPathFailed(path, nowNs);
        }

        @Override
        public void onPathSwitched(
                Path from, Path to, SwitchReason reason, boolean byPeer, long nowNs) {
            remote = to.remote();
            pathListener.onPathSwitched(from, to, reason, byPeer, nowNs);
        }

        @Override
        public void onObservedAddress(Path path, InetSocketAddress address, long nowNs) {
            pathListener.onObservedAddress(path, address, nowNs);
        }
    }
}
