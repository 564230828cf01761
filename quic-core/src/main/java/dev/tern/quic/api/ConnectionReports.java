package dev.tern.quic.api;

import dev.tern.crypto.resumption.SessionTicket;
import dev.tern.quic.connection.CloseReason;
import dev.tern.quic.connection.Connection;
import dev.tern.quic.connection.ConnectionListener;
import dev.tern.quic.path.IcmpError;
import dev.tern.quic.path.Path;
import dev.tern.quic.path.SwitchReason;
import dev.tern.quic.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The side of a {@link QuicConnection} that belongs to the agent's thread: takes what the
 * connection reports to whoever waits for it, or to its handler.
 */
final class ConnectionReports implements ConnectionListener {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionReports.class);

    /** No limit of its own: the peer cannot have more streams open than the transport allows. */
    private static final int MAX_WAITING_STREAMS = Integer.MAX_VALUE;

    /** Code of the application's that it did not choose; any but 0, which would be no error. */
    private static final long HANDLER_FAILED = 1;

    private static final PathEvents DEAF = new PathEvents() {};

    private final QuicConnection facade;
    private final ConnectionOwner owner;
    private final Datagrams datagrams;
    private final StreamOpening opening;
    private final Arrivals<QuicStream> arrivals = new Arrivals<>(MAX_WAITING_STREAMS);
    private volatile InetSocketAddress remote;
    private volatile String applicationProtocol;
    private volatile List<byte[]> peerCertificates = List.of();
    private volatile PathEvents pathEvents = DEAF;
    private ConnectionHandler handler;
    private Connection connection;
    private AddressControl addresses;
    private boolean isEstablished;
    private QuicException ended;

    ConnectionReports(
            QuicConnection facade,
            ConnectionOwner owner,
            Datagrams datagrams,
            InetSocketAddress remote,
            ConnectionHandler handler) {
        this.facade = facade;
        this.owner = owner;
        this.datagrams = datagrams;
        this.remote = remote;
        this.handler = handler;
        this.opening = new StreamOpening(owner.agent());
    }

    // ---- any thread

    Arrivals<QuicStream> arrivals() {
        return arrivals;
    }

    InetSocketAddress remote() {
        return remote;
    }

    String applicationProtocol() {
        return applicationProtocol;
    }

    List<byte[]> peerCertificates() {
        return peerCertificates;
    }

    void pathEvents(PathEvents events) {
        pathEvents = events;
    }

    // ---- what the application wants

    Connection connection() {
        return connection;
    }

    void handler(ConnectionHandler newHandler) {
        handler = newHandler;
        if (isEstablished) {
            tell(each -> each.onConnected(facade));
        }
        QuicStream stream;
        while ((stream = arrivals.poll()) != null) {
            tellOpened(stream);
        }
        if (ended != null) {
            QuicException why = ended;
            tell(each -> each.onClosed(facade, why));
        }
    }

    CompletableFuture<QuicStream> open(boolean bidirectional) throws QuicException {
        throwIfEnded();
        CompletableFuture<QuicStream> opened = new CompletableFuture<>();
        opening.add(bidirectional, opened);
        opening.openAllowed(connection, bidirectional);
        owner.wake(connection);
        return opened;
    }

    CompletableFuture<PathStats> addLocalAddress(InetSocketAddress local, String interfaceName)
            throws IOException {
        throwIfEnded();
        if (isEstablished && !connection.mayMigrate()) {
            throw new QuicException(
                    connection.isDialler()
                            ? "the server forbids that its clients change their address"
                            : "a server's address is fixed, unless both sides speak Tern's"
                                    + " extension");
        }
        InetSocketAddress opened = owner.openAddress(facade, local, interfaceName);
        CompletableFuture<PathStats> validated = new CompletableFuture<>();
        addresses.add(opened, validated, owner.nowNs());
        owner.wake(connection);
        return validated;
    }

    Void removeLocalAddress(InetSocketAddress local) throws QuicException {
        throwIfEnded();
        addresses.remove(local, owner.nowNs());
        owner.releaseAddress(facade, local);
        owner.wake(connection);
        return null;
    }

    Void usePath(InetSocketAddress local) throws QuicException {
        throwIfEnded();
        addresses.use(local, owner.nowNs());
        owner.wake(connection);
        return null;
    }

    private void throwIfEnded() throws QuicException {
        if (ended != null) {
            throw ended.again();
        }
    }

    void close(long errorCode, String message) {
        if (connection != null && ended == null) {
            connection.close(errorCode, message, owner.nowNs());
            owner.wake(connection);
        }
    }

    void end(QuicException why, boolean clean) {
        if (ended != null) {
            return;
        }
        ended = why;
        opening.end(why);
        if (connection != null) {
            addresses.end(why);
            connection.streams().forEach(stream -> StreamOpening.of(stream).onOver(why));
        }
        arrivals.end(clean ? null : why);
        datagrams.end(why, clean);
        facade.completeClosed(why);
        tell(each -> each.onClosed(facade, why));
        owner.forget(facade);
    }

    void onAddressGone(InetSocketAddress local, long nowNs) {
        if (ended == null && connection != null) {
            addresses.onGone(local, nowNs);
            owner.wake(connection);
        }
    }

    private void tell(Consumer<ConnectionHandler> call) {
        ConnectionHandler told = handler;
        if (told != null) {
            owner.agent().defer(() -> guarded(() -> call.accept(told)));
        }
    }

    private void tellOpened(QuicStream stream) {
        tell(each -> each.onStream(facade, stream));
    }

    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            onHandlerFailed(e);
        }
    }

    private void onHandlerFailed(RuntimeException failure) {
        LOG.error("the handler of a connection failed; the connection is closed", failure);
        owner.execute(() -> close(HANDLER_FAILED, "the application failed"));
    }

    // ---- what the connection reports

    @Override
    public void onStarted(Connection started, long nowNs) {
        connection = started;
        addresses = new AddressControl(started);
        datagrams.start(started);
    }

    @Override
    public void onHandshakeComplete(Connection complete, long nowNs) {
        isEstablished = true;
        applicationProtocol = complete.tls().applicationProtocol();
        peerCertificates = complete.tls().peerCertificates();
        facade.completeEstablished(complete.isEarlyDataAccepted());
        tell(each -> each.onConnected(facade));
        if (handler == null) {
            owner.onEstablished(facade, complete.isDialler());
        }
    }

    @Override
    public void onHandshakeConfirmed(Connection on, long nowNs) {
        addresses.onMayProbe(nowNs);
    }

    @Override
    public void onPeerIdsIssued(Connection on, long nowNs) {
        addresses.onMayProbe(nowNs);
    }

    @Override
    public void onSessionTicket(Connection on, SessionTicket ticket, long nowNs) {
        owner.onSessionTicket(facade, ticket);
        tell(each -> each.onSessionTicket(facade, ticket));
    }

    @Override
    public void onStreamOpened(Connection on, Stream stream) {
        QuicStream opened = opening.wrap(stream);
        if (handler == null) {
            arrivals.offer(opened);
        } else {
            tellOpened(opened);
        }
    }

    @Override
    public void onStreamReadable(Connection on, Stream stream) {
        StreamOpening.of(stream).onReadable();
    }

    @Override
    public void onStreamWritable(Connection on, Stream stream) {
        StreamOpening.of(stream).onWritable();
    }

    @Override
    public void onStreamDone(Connection on, Stream stream) {
        StreamOpening.of(stream).onDone();
    }

    @Override
    public void onStreamsAllowed(Connection on, boolean bidirectional) {
        opening.openAllowed(on, bidirectional);
    }

    @Override
    public void onDatagram(Connection on, byte[] buffer, int offset, int length, long nowNs) {
        try {
            datagrams.onArrived(buffer, offset, length);
        } catch (RuntimeException e) {
            onHandlerFailed(e);
        }
    }

    @Override
    public void onProbeTimeout(Connection on, int count, long nowNs) {
        if (isEstablished) {
            addresses.onProbeTimeout(count, nowNs);
        }
    }

    @Override
    public void onClosed(Connection on, CloseReason reason, long nowNs) {
        String sentence = Ending.of(reason, remote, isEstablished);
        end(QuicException.of(reason, sentence), reason.isClean());
    }

    @Override
    public void onReleased(Connection on) {
        // Not from within the round that asks connections for datagrams.
        owner.agent().defer(() -> owner.releaseAddresses(facade));
    }

    @Override
    public void onPathAdded(Path path, boolean byPeer, long nowNs) {
        guarded(() -> pathEvents.onPathAdded(facade, stats(path)));
    }

    @Override
    public void onPathValidated(Path path, long nowNs) {
        addresses.onPathValidated(path);
        guarded(() -> pathEvents.onPathValidated(facade, stats(path)));
    }

    @Override
    public void onPathFailed(Path path, long nowNs) {
        if (addresses.onPathFailed(path)) {
            // Not from within the connection's walk over its paths.
            owner.agent().defer(() -> owner.releaseAddress(facade, path.local()));
        }
        guarded(() -> pathEvents.onPathFailed(facade, stats(path)));
    }

    @Override
    public void onPathSwitched(
            Path from, Path to, SwitchReason reason, boolean byPeer, long nowNs) {
        remote = to.remote();
        guarded(() -> pathEvents.onPathChanged(facade, stats(from), stats(to), byPeer));
    }

    @Override
    public void onPathSuspected(Path path, IcmpError why, long nowNs) {
        guarded(() -> pathEvents.onPathSuspected(facade, stats(path), why));
    }

    @Override
    public void onObservedAddress(Path path, InetSocketAddress address, long nowNs) {
        guarded(() -> pathEvents.onObservedAddress(facade, stats(path), address));
    }

    private PathStats stats(Path path) {
        return PathStats.of(path, connection.currentPath());
    }
}
