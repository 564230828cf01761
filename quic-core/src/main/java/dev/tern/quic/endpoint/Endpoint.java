package dev.tern.quic.endpoint;

import dev.tern.quic.connection.Connection;
import dev.tern.quic.connection.ConnectionConfig;
import dev.tern.quic.connection.ConnectionListener;
import dev.tern.quic.connection.ConnectionSetup;
import dev.tern.quic.connection.ConnectionWaker;
import dev.tern.quic.connection.Transmit;
import dev.tern.quic.path.IcmpError;
import dev.tern.quic.recovery.SentPacketPool;
import dev.tern.quic.stream.SegmentPool;
import dev.tern.quic.time.DeadlineQueue;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.PacketHeader;
import dev.tern.quic.wire.PacketType;
import dev.tern.quic.wire.StatelessResetToken;
import dev.tern.quic.wire.TransportError;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * All connections that share this program's sockets: takes each datagram to its connection, accepts
 * new ones, dials, and answers what belongs to none (RFC 9000 §5.2). Owned by one agent; not
 * thread-safe.
 */
public final class Endpoint implements DatagramNode {
    /** Datagrams that a connection sends in a row while others wait, but that trains stay whole. */
    private static final int TURN_DATAGRAMS = 32;

    /** Unused memory for stream data that is kept while there are connections. */
    private static final int POOLED_BYTES = 16 << 20;

    private static final byte[] NO_TOKEN = new byte[0];

    private static final int LONG_HEADER = 0x80;

    private final ConnectionIdSource ids;
    private final ConnectionWaker waker;
    private final RandomGenerator random;
    private final Registers registers;
    private final IcmpRouter icmp;

    /** In the order of their beginning: what concerns all must come the same way in every run. */
    private final LinkedHashMap<Connection, Slot> slots = new LinkedHashMap<>();

    private final SegmentPool segments = new SegmentPool(POOLED_BYTES);
    private final SentPacketPool packets = new SentPacketPool();
    private final ArrayDeque<Slot> ready = new ArrayDeque<>();
    private final DeadlineQueue deadlines = new DeadlineQueue();
    private final PacketHeader header = new PacketHeader();
    private final StatelessReplies replies;
    private final EarlyDatagrams early = new EarlyDatagrams();
    private final Newcomers newcomers;
    private final Set<InetSocketAddress> ecnLocals = new HashSet<>();

    /**
     * @param ids makes our IDs
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
        this.waker = waker;
        this.random = random;
        StatelessReset resets = new StatelessReset(resetKey, random);
        this.replies = new StatelessReplies(resets);
        AddressTokens addressTokens = new AddressTokens(resetKey);
        this.newcomers = new Newcomers(acceptor, ids, replies, addressTokens);
        this.registers =
                new Registers(
                        new CidRouter<>(random.nextLong()),
                        new CidRouter<>(random.nextLong()),
                        resets,
                        ids,
                        addressTokens,
                        new TokenCache());
        this.icmp = new IcmpRouter(registers.router(), slots.values());
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
        ConnectionId original = destinationId == null ? randomDestinationId() : destinationId;
        return start(
                new Slot(registers),
                config,
                listener,
                new Origin(true, local, remote, 0, original, original, null, false),
                nowNs);
    }

    /**
     * What a server is called until it says its ID (RFC 9000 §7.2). Random in every bit: one that
     * says of itself what it is might pass for an ID of another agent on the server's port.
     */
    private ConnectionId randomDestinationId() {
        return ConnectionId.random(random, Newcomers.FIRST_DESTINATION_ID_BYTES);
    }

    /** From how many half-open connections on a client must answer a Retry; 0 for always. */
    public void retryFromHalfOpen(int connections) {
        newcomers.retryFrom(connections);
    }

    /**
     * Which versions accepted connections may begin with; unless told otherwise all that are known.
     * First packets of others are answered with Version Negotiation (RFC 9000 §6.1).
     */
    public void acceptVersions(List<Integer> spoken) {
        newcomers.versions(spoken);
    }

    /** Where a connection comes from: see {@link ConnectionSetup}. */
    private record Origin(
            boolean client,
            InetSocketAddress local,
            InetSocketAddress remote,
            int version,
            ConnectionId originalId,
            ConnectionId firstId,
            ConnectionId peerSourceId,
            boolean addressProven) {}

    private Connection start(
            Slot slot,
            ConnectionConfig config,
            ConnectionListener listener,
            Origin origin,
            long nowNs) {
        ConnectionId source = ids.next(origin.remote());
        slot.register(source);
        slot.firstId = origin.firstId();
        ConnectionSetup setup =
                new ConnectionSetup(
                        origin.client(),
                        config,
                        origin.local(),
                        origin.remote(),
                        origin.version(),
                        origin.originalId(),
                        origin.firstId(),
                        origin.addressProven(),
                        origin.client()
                                ? registers
                                        .tokensOfServers()
                                        .take(origin.remote(), config.firstVersion())
                                : NO_TOKEN,
                        source,
                        origin.peerSourceId(),
                        slot,
                        slot,
                        slot,
                        segments,
                        packets,
                        waker,
                        random,
                        listener);
        slot.connection = setup.start(nowNs);
        slot.connection.ecnUsableAt(ecnLocals);
        slots.put(slot.connection, slot);
        listener.onStarted(slot.connection, nowNs);
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
        return registers.router().get(buffer, idOffset, idLength) != null;
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
        if (parsed && header.type() == PacketType.ZERO_RTT && isTooEarly(slot)) {
            early.hold(
                    ConnectionId.of(
                            buffer, header.destinationIdOffset(), header.destinationIdLength()),
                    local,
                    remote,
                    ecn,
                    buffer,
                    offset,
                    length,
                    nowNs);
            return;
        }
        if (slot == null) {
            slot = endedBy(buffer, offset, length);
        }
        if (slot == null && parsed) {
            slot = onUnknown(local, remote, buffer, length, nowNs);
        }
        if (slot != null) {
            slot.connection.onDatagram(local, remote, ecn, buffer, offset, length, nowNs);
            releaseEarly(slot, nowNs);
            settle(slot);
            markReady(slot);
        }
    }

    /** Whether a 0-RTT packet has overtaken the ClientHello. */
    private boolean isTooEarly(Slot slot) {
        return slot == null
                ? newcomers.mayFollow(header)
                : slot.countsAsHalfOpen && slot.connection.awaitsClientHello();
    }

    private void releaseEarly(Slot slot, long nowNs) {
        if (slot.countsAsHalfOpen && !early.isEmpty() && !slot.connection.awaitsClientHello()) {
            early.release(
                    slot.firstId,
                    (local, remote, ecn, datagram) ->
                            slot.connection.onDatagram(
                                    local, remote, ecn, datagram, 0, datagram.length, nowNs),
                    nowNs);
        }
    }

    private Slot addressed(byte[] buffer) {
        int idLength = header.destinationIdLength();
        return idLength <= ConnectionId.MAX_LENGTH
                ? registers.router().get(buffer, header.destinationIdOffset(), idLength)
                : null;
    }

    /** The connection whose stateless reset this is, or null (RFC 9000 §10.3.1). */
    private Slot endedBy(byte[] buffer, int offset, int length) {
        if (length < StatelessReset.MIN_BYTES || (buffer[offset] & LONG_HEADER) != 0) {
            return null;
        }
        int tokenOffset = offset + length - StatelessResetToken.LENGTH;
        return registers.resetTokens().get(buffer, tokenOffset, StatelessResetToken.LENGTH);
    }

    @Override
    public void onIcmpError(
            InetSocketAddress local,
            InetSocketAddress remote,
            IcmpError error,
            byte[] quoted,
            int offset,
            int length,
            long nowNs) {
        Slot slot = icmp.deliver(local, remote, error, quoted, offset, length, nowNs);
        if (slot != null) {
            settle(slot);
            markReady(slot);
        }
    }

    private Slot onUnknown(
            InetSocketAddress local,
            InetSocketAddress remote,
            byte[] buffer,
            int length,
            long nowNs) {
        if (header.type() == PacketType.ONE_RTT) {
            replies.reset(local, remote, header, buffer, length);
            return null;
        }
        Newcomers.Newcomer newcomer =
                newcomers.consider(local, remote, header, buffer, length, nowNs);
        return newcomer == null ? null : accept(newcomer, local, remote, nowNs);
    }

    private Slot accept(
            Newcomers.Newcomer newcomer,
            InetSocketAddress local,
            InetSocketAddress remote,
            long nowNs) {
        Slot slot = new Slot(registers);
        slot.register(newcomer.firstId()); // until the client has learnt the ID that we chose
        slot.countsAsHalfOpen = true;
        newcomers.onHalfOpen();
        Connection connection =
                start(
                        slot,
                        newcomer.accepted().config(),
                        newcomer.accepted().listener(),
                        new Origin(
                                false,
                                local,
                                remote,
                                newcomer.version(),
                                newcomer.originalId(),
                                newcomer.firstId(),
                                newcomer.sourceId(),
                                newcomer.addressProven()),
                        nowNs);
        if (newcomer.tokenForged()) {
            connection.refuse(TransportError.INVALID_TOKEN, "the Retry token is not good", nowNs);
        }
        return slot;
    }

    /** Keeps account of a connection whose state may have changed. */
    private void settle(Slot slot) {
        if (slot.countsAsHalfOpen
                && (slot.connection.isEstablished() || slot.connection.closeReason() != null)) {
            slot.countsAsHalfOpen = false;
            newcomers.onSettled();
            slot.unregister(slot.firstId);
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
        if (replies.takeInto(transmit)) {
            return true;
        }
        Slot slot;
        while ((slot = ready.peekFirst()) != null) {
            if (slot.connection.pollTransmit(transmit, nowNs)) {
                slot.sentInTurn += transmit.datagrams();
                if (slot.sentInTurn >= TURN_DATAGRAMS) {
                    ready.addLast(ready.pollFirst());
                    endTurn(slot);
                }
                return true;
            }
            ready.pollFirst();
            slot.isReady = false;
            if (slot.connection.isClosed()) {
                forget(slot);
            } else {
                endTurn(slot);
            }
        }
        return false;
    }

    /** Timers are set anew at each turn: a connection that always has more to send needs them. */
    private void endTurn(Slot slot) {
        slot.sentInTurn = 0;
        deadlines.schedule(slot, slot.connection.nextDeadlineNs());
    }

    private void forget(Slot slot) {
        settle(slot);
        deadlines.cancel(slot);
        slot.connection.release();
        slots.remove(slot.connection);
        if (slots.isEmpty()) {
            segments.shrink();
            packets.shrink();
        }
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
    public void onEcnUsable(InetSocketAddress local) {
        ecnLocals.add(local);
    }

    @Override
    public void onLocalAddressDown(InetSocketAddress local, long nowNs) {
        ecnLocals.remove(local);
        for (Slot slot : slots.values()) {
            slot.connection.onLocalAddressDown(local, nowNs);
            markReady(slot);
        }
    }
}
