package dev.tern.quic.api;

import dev.tern.quic.connection.ConnectionListener;
import dev.tern.quic.io.Deadline;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A connection: its streams, its messages, its paths. All methods may be called by any thread, but
 * those that wait ({@link #openStream}, {@link #acceptStream}) not by the endpoint's own, on which
 * handlers are called.
 */
public final class QuicConnection implements AutoCloseable {
    private final ConnectionOwner owner;
    private final CompletableFuture<QuicConnection> established = new CompletableFuture<>();
    private final CompletableFuture<Boolean> earlyDataAccepted = new CompletableFuture<>();
    private final CompletableFuture<QuicException> closed = new CompletableFuture<>();
    private final Datagrams datagrams;
    private final ConnectionReports reports;

    QuicConnection(ConnectionOwner owner, InetSocketAddress remote, ConnectionHandler handler) {
        this.owner = owner;
        datagrams = new Datagrams(owner);
        reports = new ConnectionReports(this, owner, datagrams, remote, handler);
    }

    // ---- streams

    /** Opens a stream that both sides write to; waits while the peer allows no more streams. */
    public QuicStream openStream() throws IOException {
        return Results.await(openStreamAsync(true));
    }

    /** Opens a stream that only this side writes to; waits while the peer allows no more. */
    public QuicStream openUnidirectionalStream() throws IOException {
        return Results.await(openStreamAsync(false));
    }

    /** Opens a stream as soon as the peer allows it. */
    public CompletableFuture<QuicStream> openStreamAsync(boolean bidirectional) {
        return owner.call(() -> reports.open(bidirectional)).thenCompose(opening -> opening);
    }

    /**
     * Waits for a stream that the peer opens.
     *
     * @return null once the connection was closed without an error
     * @throws QuicException once it has ended with one
     */
    public QuicStream acceptStream() throws IOException {
        return acceptStream(null);
    }

    /**
     * Waits for a stream that the peer opens.
     *
     * @param timeout after which a {@link java.net.SocketTimeoutException} is thrown; null for none
     * @return null once the connection was closed without an error
     * @throws QuicException once it has ended with one
     */
    public QuicStream acceptStream(Duration timeout) throws IOException {
        return reports.arrivals().take(Deadline.after(timeout));
    }

    /**
     * Sets who hears of streams that the peer opens, and of the end, in place of {@link
     * #acceptStream}; also of those that nobody has accepted yet.
     */
    public void handler(ConnectionHandler handler) {
        owner.execute(() -> reports.handler(handler));
    }

    /** The messages that may get lost (RFC 9221). */
    public Datagrams datagrams() {
        return datagrams;
    }

    // ---- the handshake

    /** Completed when the peer is authenticated; fails when that fails. */
    public CompletableFuture<QuicConnection> established() {
        return established;
    }

    /**
     * Completed together with {@link #established}: whether the server read what was sent before it
     * had answered (0-RTT). If not, it was sent again, and nothing needs to be done.
     */
    public CompletableFuture<Boolean> earlyDataAccepted() {
        return earlyDataAccepted;
    }

    /** The protocol agreed on (ALPN); null before the peer is authenticated. */
    public String applicationProtocol() {
        return reports.applicationProtocol();
    }

    /** What the peer showed, its own certificate first; empty if it showed none. */
    public List<byte[]> peerCertificates() {
        return reports.peerCertificates();
    }

    /** Changes the keys that protect the data (RFC 9001 §6), as soon as that is allowed. */
    public void updateKeys() {
        owner.execute(() -> reports.connection().updateKeys());
    }

    // ---- paths

    /** Where the peer is at the moment. */
    public InetSocketAddress remoteAddress() {
        return reports.remote();
    }

    /** Sets who hears what happens to the paths. */
    public void pathEvents(PathEvents events) {
        reports.pathEvents(events);
    }

    /**
     * Adds an address of this machine: opens a socket there and probes the peer from it at once.
     * Data goes on by the path that it goes by, until {@link #usePath}, or until that path fails:
     * then the best of the other validated ones takes over. Clients may do so with any server that
     * does not forbid it (RFC 9000 §9), servers only where both sides speak Tern's extension.
     *
     * @param local port 0 for any
     * @return completed with the path when the peer has answered; fails if it does not, and the
     *     socket is closed then
     */
    public CompletableFuture<PathStats> addLocalAddress(InetSocketAddress local) {
        return addLocalAddress(local, null);
    }

    /**
     * Adds an address of this machine, as {@link #addLocalAddress(InetSocketAddress)} does.
     *
     * @param interfaceName the network interface to send through, where the transport can choose;
     *     null for the one that routes lead to
     */
    public CompletableFuture<PathStats> addLocalAddress(
            InetSocketAddress local, String interfaceName) {
        return owner.call(() -> reports.addLocalAddress(local, interfaceName))
                .thenCompose(validated -> validated);
    }

    /**
     * Removes an address: nothing is sent from it any more. If it is the one in use, the best of
     * the other validated ones takes over.
     *
     * @return completed when that is done; fails if the connection has no other address
     */
    public CompletableFuture<Void> removeLocalAddress(InetSocketAddress local) {
        return owner.call(() -> reports.removeLocalAddress(local));
    }

    /**
     * Sends by the path from that address from now on.
     *
     * @param local as the path says: {@link PathStats#local}
     * @return completed when that is so; fails if no such path is validated
     */
    public CompletableFuture<Void> usePath(InetSocketAddress local) {
        return owner.call(() -> reports.usePath(local));
    }

    /** Every path known, and how it is. */
    public CompletableFuture<List<PathStats>> paths() {
        return stats().thenApply(ConnectionStats::paths);
    }

    /** How the connection is. */
    public CompletableFuture<ConnectionStats> stats() {
        return owner.call(() -> ConnectionStats.of(reports.connection()));
    }

    // ---- the end

    /**
     * Closes the connection without an error, and does not wait. What the peer has not acknowledged
     * by then may never arrive: see {@link QuicStream#awaitDelivery()}.
     */
    @Override
    public void close() {
        close(0, "");
    }

    /** Closes the connection with an error code of the application's and a sentence. */
    public void close(long errorCode, String message) {
        owner.execute(() -> closeNow(errorCode, message));
    }

    /**
     * Completed when the connection is over, with why: {@link QuicException#code} 0 if all went
     * well.
     */
    public CompletableFuture<QuicException> closed() {
        return closed;
    }

    // ---- the agent's thread

    /** Hears what happens on the connection below. */
    ConnectionListener reports() {
        return reports;
    }

    /** Any thread: whether streams may be opened before the peer has answered. */
    CompletableFuture<Boolean> sendsEarlyData() {
        return owner.call(() -> reports.connection().sendsEarlyData());
    }

    /** As {@link #close(long, String)}, at once. */
    void closeNow(long errorCode, String message) {
        reports.close(errorCode, message);
    }

    /** The connection is over, for this reason. */
    void end(QuicException why, boolean clean) {
        reports.end(why, clean);
    }

    /** The socket of that address is closed. */
    void onAddressGone(InetSocketAddress local, long nowNs) {
        reports.onAddressGone(local, nowNs);
    }

    void completeEstablished(boolean earlyData) {
        earlyDataAccepted.complete(earlyData);
        established.complete(this);
    }

    void completeClosed(QuicException why) {
        earlyDataAccepted.completeExceptionally(why);
        established.completeExceptionally(why);
        closed.complete(why);
    }
}
