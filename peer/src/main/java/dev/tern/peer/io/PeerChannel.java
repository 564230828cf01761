package dev.tern.peer.io;

import dev.tern.crypto.identity.PeerId;
import dev.tern.peer.PeerConnection;
import dev.tern.peer.PeerListener;
import dev.tern.quic.api.QuicException;
import dev.tern.quic.api.QuicStream;
import dev.tern.quic.connection.CloseReason;
import dev.tern.quic.io.EndpointAgent;
import dev.tern.quic.path.Path;
import dev.tern.quic.path.SwitchReason;
import dev.tern.quic.stream.Stream;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A connection to another peer, for application threads: streams to read and write, and news of its
 * path. Stays the same connection however often either side changes its network.
 */
public final class PeerChannel implements PeerListener, AutoCloseable {
    /** Hears of changes of path, on the agent's thread. */
    @FunctionalInterface
    public interface PathObserver {
        void onPathChanged(Path from, Path to, SwitchReason reason, boolean byPeer);
    }

    private static final long PEER_CLOSE_TIMEOUT_MS = 2_000;

    private final EndpointAgent agent;
    private final CompletableFuture<Void> established = new CompletableFuture<>();
    private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    private final BlockingQueue<CompletableFuture<QuicStream>> opened = new LinkedBlockingQueue<>();
    private volatile PathObserver pathObserver = (from, to, reason, byPeer) -> {};
    private volatile PeerConnection connection;
    private volatile boolean relayed = true;

    PeerChannel(EndpointAgent agent) {
        this.agent = agent;
    }

    PeerChannel(PeerConnection connection, EndpointAgent agent) {
        this(agent);
        this.connection = connection;
    }

    void attach(PeerConnection dialled) {
        connection = dialled;
    }

    void onEstablishedRun(Runnable action) {
        established.thenRun(action);
    }

    void awaitEstablished(long timeoutMs) throws IOException, InterruptedException {
        try {
            established.get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            close();
            throw new IOException("the peer did not answer; is tern send still running there?", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    /** Who is at the other end. */
    public PeerId peer() {
        return connection.peer();
    }

    /** The protocol's side of it; belongs to the agent's thread. */
    public PeerConnection connection() {
        return connection;
    }

    /** Whether data goes through the relay at the moment. */
    public boolean isRelayed() {
        return relayed;
    }

    /** Sets who hears of changes of path. */
    public void observePath(PathObserver observer) {
        pathObserver = observer;
    }

    /**
     * Opens a stream.
     *
     * @param urgency 0 (first) to 7; 3 is ordinary
     */
    public QuicStream openStream(boolean bidirectional, int urgency)
            throws IOException, InterruptedException {
        CompletableFuture<QuicStream> result =
                agent.call(
                        () -> {
                            Stream stream =
                                    connection.state() == dev.tern.peer.life.LifeState.CLOSED
                                            ? null
                                            : connection.openStream(bidirectional);
                            if (stream == null) {
                                throw new IOException("no further stream can be opened now");
                            }
                            stream.setUrgency(urgency);
                            return blocking(stream);
                        });
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    /** Waits for the next stream that the peer opens. */
    public QuicStream acceptStream() throws IOException, InterruptedException {
        try {
            return opened.take().get();
        } catch (ExecutionException e) {
            opened.add(CompletableFuture.failedFuture(e.getCause()));
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    /** Has something done on the agent's thread, where the protocol's side may be looked at. */
    public void agentRun(Runnable action) {
        agent.execute(action);
    }

    /** Completes when the connection is over. */
    public CompletableFuture<CloseReason> closed() {
        return closed;
    }

    /**
     * Waits a moment for the peer to end the connection, so that it has heard all that was said.
     */
    public void awaitPeerClose() throws InterruptedException {
        try {
            closed.get(PEER_CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            close();
        }
    }

    /** Ends the connection without waiting. */
    @Override
    public void close() {
        agent.execute(
                () -> {
                    if (connection != null) {
                        connection.close(0, "", agent.nowNs());
                    }
                });
    }

    private QuicStream blocking(Stream stream) {
        QuicStream blocking = new QuicStream(stream, agent);
        stream.attach(blocking);
        return blocking;
    }

    // ---- from the agent

    @Override
    public void onEstablished(PeerConnection on, long nowNs) {
        established.complete(null);
    }

    @Override
    public void onStreamOpened(PeerConnection on, Stream stream) {
        opened.add(CompletableFuture.completedFuture(blocking(stream)));
    }

    @Override
    public void onReadable(PeerConnection on, Stream stream) {
        if (stream.attachment() instanceof QuicStream blocking) {
            blocking.onReadable();
        }
    }

    @Override
    public void onWritable(PeerConnection on, Stream stream) {
        if (stream.attachment() instanceof QuicStream blocking) {
            blocking.onWritable();
        }
    }

    @Override
    public void onPathChanged(
            PeerConnection on,
            Path from,
            Path to,
            SwitchReason reason,
            boolean byPeer,
            long nowNs) {
        relayed = to.isRelayed();
        pathObserver.onPathChanged(from, to, reason, byPeer);
    }

    @Override
    public void onClosed(PeerConnection on, CloseReason reason, long nowNs) {
        String text = describe(reason);
        established.completeExceptionally(new IOException(text));
        opened.add(CompletableFuture.failedFuture(new IOException(text)));
        QuicException why = QuicException.of(reason, text);
        if (on.connection() != null) {
            on.connection().streams().forEach(stream -> end(stream, why));
        }
        closed.complete(reason);
    }

    private static void end(Stream stream, QuicException why) {
        if (stream.attachment() instanceof QuicStream blocking) {
            blocking.onOver(why);
        }
    }

    private static String describe(CloseReason reason) {
        return switch (reason.cause()) {
            case IDLE -> "the connection was lost: nothing was heard from the peer";
            case VERSION_REFUSED, UNREACHABLE -> reason.message();
            case STATELESS_RESET -> "the peer has forgotten the connection; it was restarted";
            case PEER ->
                    reason.message().isEmpty()
                            ? "the peer closed the connection"
                            : "the peer closed the connection: " + reason.message();
            case LOCAL ->
                    reason.message().isEmpty() ? "the connection was closed" : reason.message();
        };
    }
}
