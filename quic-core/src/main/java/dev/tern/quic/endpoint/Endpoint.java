package dev.tern.quic.endpoint;

import dev.tern.quic.buf.DatagramQueue;
import dev.tern.quic.cid.LocalConnectionIds;
import dev.tern.quic.cid.ResetTokens;
import dev.tern.quic.cid.SelfDescribingId;
import dev.tern.quic.connection.Connection;
import dev.tern.quic.connection.ConnectionConfig;
import dev.tern.quic.connection.ConnectionListener;
import dev.tern.quic.connection.ConnectionSetup;
import dev.tern.quic.connection.ConnectionWaker;
import dev.tern.quic.connection.Transmit;
import dev.tern.quic.path.Path;
import dev.tern.quic.time.DeadlineQueue;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.PacketHeader;
import dev.tern.quic.wire.PacketType;
import dev.tern.quic.wire.StatelessResetToken;
import dev.tern.quic.wire.Versions;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.random.RandomGenerator;

/**
 * All connections that share this program's sockets: takes each datagram to its connection, accepts
 * new ones, dials, and answers what belongs to none (RFC 9000 §5.2). Owned by one agent; not
 * thread-safe.
 */
public final class Endpoint implements DatagramNode {
    /** Handshakes under way at once: beyond it first packets are ignored. */
    private static final int MAX_HALF_OPEN = 1024;

    /** Version Negotiation and stateless resets that wait to be sent; more are dropped. */
    private static final int MAX_REPLIES = 64;

    /** Version Negotiation with the longest connection IDs (RFC 8999 §6), and some versions. */
    private static final int REPLY_BYTES = 544;

    private static final int LONG_HEADER = 0x80;

    private final ConnectionIdSource ids;
    private final Acceptor acceptor;
    private final ConnectionWaker waker;
    private final RandomGenerator random;
    private final CidRouter<Slot> router;
    private final CidRouter<Slot> resetTokens;

    /** In the order of their beginning: what concerns all must come the same way in every run. */
    private final LinkedHashMap<Connection, Slot> slots = new LinkedHashMap<>();

    private final ArrayDeque<Slot> ready = new ArrayDeque<>();
    private final DeadlineQueue deadlines = new DeadlineQueue();
    private final PacketHeader header = new PacketHeader();
    private final DatagramQueue replies = new DatagramQueue(MAX_REPLIES, REPLY_BYTES);
    private final StatelessReset resets;
    private int halfOpen;

    /** A connection's place in the endpoint's queues. */
    private final class Slot extends DeadlineQueue.Entry
            implements LocalConnectionIds.Registry, ResetTokens {
        private Connection connection;
        private ConnectionId originalId;
        private boolean isReady;
        private boolean countsAsHalfOpen;

        @Override
        public void register(ConnectionId id) {
            router.put(id, this);
        }

        @Override
        public void unregister(ConnectionId id) {
            router.remove(id);
        }

        @Override
        public StatelessResetToken resetToken(ConnectionId id) {
            return resets.tokenOf(id);
        }

        @Override
        public void expect(StatelessResetToken token) {
            resetTokens.put(StatelessReset.keyOf(token), this);
        }

        @Override
        public void forget(StatelessResetToken token) {
            resetTokens.remove(StatelessReset.keyOf(token));
        }
    }

    /**
     * @param ids makes our IDs for handshakes
     * @param acceptor decides about incoming connections; null to accept none
     * @param waker how application threads wake the agent
     * @param resetKey 32 secret bytes from which stateless reset tokens follow
     */
    public Endpoint(
            ConnectionIdSource ids,
            Acceptor acceptor,
            ConnectionWaker waker,
            RandomGenerator random,
            byte[] resetKey) {
        this.ids = ids;
        this.acceptor = acceptor;
        this.waker = waker;
        this.random = random;
        this.resets = new StatelessReset(resetKey, random);
        this.router = new CidRouter<>(random.nextLong());
        this.resetTokens = new CidRouter<>(random.nextLong());
    }

    /**
     * Opens a connection.
     *
     * @param destinationId what to call the server in the first packet: a routable ID through a
     *     relay, null for a random one
     */
    public Connection connect(
            ConnectionConfig config,
            InetSocketAddress local,
            InetSocketAddress remote,
            ConnectionId destinationId,
            ConnectionListener listener,
            long nowNs) {
        ConnectionId original =
                destinationId == null ? SelfDescribingId.mintDirect(random) : destinationId;
        return start(new Slot(), true, config, local, remote, original, null, listener, nowNs);
    }

    private Connection start(
            Slot slot,
            boolean client,
            ConnectionConfig config,
            InetSocketAddress local,
            InetSocketAddress remote,
            ConnectionId original,
            ConnectionId peerSourceId,
            ConnectionListener listener,
            long nowNs) {
        ConnectionId source = ids.next(remote);
        slot.register(source);
        slot.originalId = original;
        ConnectionSetup setup =
                new ConnectionSetup(
                        client,
                        config,
                        local,
                        remote,
                        original,
                        source,
                        peerSourceId,
                        slot,
                        slot,
                        waker,
                        random,
                        listener);
        slot.connection = setup.start(nowNs);
        slots.put(slot.connection, slot);
        markReady(slot);
        return slot.connection;
    }

    /** Something was done to a connection: it may have datagrams to send, or another deadline. */
    public void wake(Connection connection) {
        Slot slot = slots.get(connection);
        if (slot != null) {
            markReady(slot);
        }
    }

    /** Whether this connection ID leads to a connection. */
    public boolean knows(byte[] buffer, int idOffset, int idLength) {
        return router.get(buffer, idOffset, idLength) != null;
    }

    /** All connections, those among them that are closing, too. */
    public Iterable<Connection> connections() {
        return slots.keySet();
    }

    @Override
    public void onDatagram(
            InetSocketAddress local,
            InetSocketAddress remote,
            int ecn,
            byte[] buffer,
            int offset,
            int length,
            long nowNs) {
        boolean parsed = header.parse(buffer, offset, length, PacketHeader.SELF_DESCRIBED);
        Slot slot = parsed ? addressed(buffer) : null;
        if (slot == null) {
            slot = endedBy(buffer, offset, length);
        }
        if (slot == null && parsed) {
            slot = onUnknown(local, remote, buffer, length, nowNs);
        }
        if (slot != null) {
            slot.connection.onDatagram(local, remote, buffer, offset, length, nowNs);
            settle(slot);
            markReady(slot);
        }
    }

    private Slot addressed(byte[] buffer) {
        int idLength = header.destinationIdLength();
        return idLength <= ConnectionId.MAX_LENGTH
                ? router.get(buffer, header.destinationIdOffset(), idLength)
                : null;
    }

    /** The connection whose stateless reset this is, or null (RFC 9000 §10.3.1). */
    private Slot endedBy(byte[] buffer, int offset, int length) {
        if (length < StatelessReset.MIN_BYTES || (buffer[offset] & LONG_HEADER) != 0) {
            return null;
        }
        int tokenOffset = offset + length - StatelessResetToken.LENGTH;
        return resetTokens.get(buffer, tokenOffset, StatelessResetToken.LENGTH);
    }

    private Slot onUnknown(
            InetSocketAddress local,
            InetSocketAddress remote,
            byte[] buffer,
            int length,
            long nowNs) {
        PacketType type = header.type();
        if (type == PacketType.ONE_RTT) {
            int resetLength =
                    resets.write(
                            buffer,
                            header.destinationIdOffset(),
                            header.destinationIdLength(),
                            length);
            if (resetLength > 0) {
                replies.add(local, remote, 0, resets.buffer(), 0, resetLength);
            }
            return null;
        }
        if (acceptor == null || length < Path.MIN_DATAGRAM_BYTES) {
            return null;
        }
        if (header.version() != Versions.V1) {
            if (header.version() != Versions.NEGOTIATION) {
                byte[] negotiation = VersionNegotiationReply.to(header, buffer);
                replies.add(local, remote, 0, negotiation, 0, negotiation.length);
            }
            return null;
        }
        boolean first = type == PacketType.INITIAL && header.destinationIdLength() >= 8;
        return first && halfOpen < MAX_HALF_OPEN ? accept(local, remote, buffer, nowNs) : null;
    }

    private Slot accept(
            InetSocketAddress local, InetSocketAddress remote, byte[] buffer, long nowNs) {
        ConnectionId original =
                ConnectionId.of(buffer, header.destinationIdOffset(), header.destinationIdLength());
        ConnectionId peerSource =
                ConnectionId.of(buffer, header.sourceIdOffset(), header.sourceIdLength());
        Acceptor.Accepted accepted = acceptor.accept(local, remote, original, nowNs);
        if (accepted == null) {
            return null;
        }
        Slot slot = new Slot();
        slot.register(original); // until the client has learnt the ID that we chose
        slot.countsAsHalfOpen = true;
        halfOpen++;
        start(
                slot,
                false,
                accepted.config(),
                local,
                remote,
                original,
                peerSource,
                accepted.listener(),
                nowNs);
        return slot;
    }

    /** Keeps account of a connection whose state may have changed. */
    private void settle(Slot slot) {
        if (slot.countsAsHalfOpen
                && (slot.connection.isEstablished() || slot.connection.closeReason() != null)) {
            slot.countsAsHalfOpen = false;
            halfOpen--;
            slot.unregister(slot.originalId);
        }
    }

    private void markReady(Slot slot) {
        if (!slot.isReady) {
            slot.isReady = true;
            ready.addLast(slot);
        }
    }

    @Override
    public boolean pollTransmit(Transmit transmit, long nowNs) {
        if (transmit.takeFrom(replies)) {
            return true;
        }
        Slot slot;
        while ((slot = ready.pollFirst()) != null) {
            if (slot.connection.pollTransmit(transmit, nowNs)) {
                ready.addLast(slot);
                return true;
            }
            slot.isReady = false;
            if (slot.connection.isClosed()) {
                forget(slot);
            } else {
                deadlines.schedule(slot, slot.connection.nextDeadlineNs());
            }
        }
        return false;
    }

    private void forget(Slot slot) {
        settle(slot);
        deadlines.cancel(slot);
        slot.connection.release();
        slots.remove(slot.connection);
    }

    @Override
    public long nextDeadlineNs() {
        return deadlines.earliestNs();
    }

    @Override
    public void onTimeout(long nowNs) {
        DeadlineQueue.Entry entry;
        while ((entry = deadlines.pollExpired(nowNs)) != null) {
            Slot slot = (Slot) entry;
            slot.connection.onTimeout(nowNs);
            settle(slot);
            markReady(slot);
        }
    }

    @Override
    public void onLocalAddressDown(InetSocketAddress local, long nowNs) {
        for (Slot slot : slots.values()) {
            slot.connection.onLocalAddressDown(local, nowNs);
            markReady(slot);
        }
    }
}
