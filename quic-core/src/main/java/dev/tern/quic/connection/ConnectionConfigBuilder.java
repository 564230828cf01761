package dev.tern.quic.connection;

import dev.tern.crypto.resumption.SessionTicket;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.quic.congestion.CongestionController;
import dev.tern.quic.congestion.Cubic;
import dev.tern.quic.observe.ObserverFactory;
import dev.tern.quic.path.Path;
import dev.tern.quic.wire.Versions;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;

/** Makes a {@link ConnectionConfig}. */
public final class ConnectionConfigBuilder {
    private TlsConfig tls;
    private SessionTicket session;
    private List<Integer> versions = List.of(Versions.V1, Versions.V2);

    /** Five tries, each waiting twice as long as the one before. */
    private long handshakeTimeoutNs = 30_000_000_000L;

    private long idleTimeoutNs = 30_000_000_000L;
    private long keepAliveNs;
    private long initialMaxData = 2 << 20;
    private long initialMaxStreamData = 1 << 20;
    private long maxWindowBytes = 16 << 20;
    private long maxStreamWindowBytes = 8 << 20;
    private int maxSendBufferBytes = 8 << 20;
    private int maxStreams = 100;
    private int maxDatagramBytes;

    /** What an Ethernet frame holds behind the headers of IPv6 and UDP. */
    private int maxUdpPayloadBytes = 1500 - 40 - 8;

    private boolean mobile;
    private List<InetSocketAddress> relays = List.of();
    private InetSocketAddress preferredIpv4;
    private InetSocketAddress preferredIpv6;
    private ObserverFactory observers = ObserverFactory.NONE;
    private Supplier<CongestionController> congestion = () -> new Cubic(Path.MIN_DATAGRAM_BYTES);

    /** Starts with an ordinary connection: see {@link ConnectionConfig#of}. */
    public ConnectionConfigBuilder(TlsConfig tls) {
        this.tls = tls;
    }

    ConnectionConfigBuilder(ConnectionConfig from) {
        tls = from.tls();
        session = from.session();
        versions = from.versions();
        handshakeTimeoutNs = from.handshakeTimeoutNs();
        idleTimeoutNs = from.idleTimeoutNs();
        keepAliveNs = from.keepAliveNs();
        initialMaxData = from.initialMaxData();
        initialMaxStreamData = from.initialMaxStreamData();
        maxWindowBytes = from.maxWindowBytes();
        maxStreamWindowBytes = from.maxStreamWindowBytes();
        maxSendBufferBytes = from.maxSendBufferBytes();
        maxStreams = from.maxStreams();
        maxDatagramBytes = from.maxDatagramBytes();
        maxUdpPayloadBytes = from.maxUdpPayloadBytes();
        mobile = from.mobile();
        relays = from.relays();
        preferredIpv4 = from.preferredIpv4();
        preferredIpv6 = from.preferredIpv6();
        congestion = from.congestion();
        observers = from.observers();
    }

    /** Identity, verification and protocols. */
    public ConnectionConfigBuilder tls(TlsConfig config) {
        tls = config;
        return this;
    }

    /** At a client: the session to go on with, or null. */
    public ConnectionConfigBuilder session(SessionTicket ticket) {
        session = ticket;
        return this;
    }

    /** Which versions to speak, the best first. */
    public ConnectionConfigBuilder versions(Integer... bestFirst) {
        versions = List.of(bestFirst);
        return this;
    }

    /**
     * How long the handshake may take from its first packet on, at a client and at a server: 30 s
     * unless set. A peer that sends now and then cannot hold it open for longer.
     */
    public ConnectionConfigBuilder handshakeTimeout(long timeoutNs) {
        handshakeTimeoutNs = timeoutNs;
        return this;
    }

    public ConnectionConfigBuilder idleTimeout(long timeoutNs) {
        idleTimeoutNs = timeoutNs;
        return this;
    }

    /** After how long without sending a PING goes out; 0 for never. */
    public ConnectionConfigBuilder keepAlive(long intervalNs) {
        keepAliveNs = intervalNs;
        return this;
    }

    /**
     * How far windows and send buffers grow where the path carries that much in a round trip; what
     * is below their first size keeps them there.
     *
     * @param streamBytes of a stream, each way
     * @param connectionBytes of all streams together, receiving
     */
    public ConnectionConfigBuilder maxWindows(int streamBytes, long connectionBytes) {
        maxStreamWindowBytes = streamBytes;
        maxSendBufferBytes = streamBytes;
        maxWindowBytes = connectionBytes;
        return this;
    }

    /**
     * How many streams of each kind the peer may have open, and how many bytes it may send at
     * first, on one stream and on all together.
     */
    public ConnectionConfigBuilder streams(int maximum, long maxStreamData, long maxData) {
        maxStreams = maximum;
        initialMaxStreamData = maxStreamData;
        initialMaxData = maxData;
        return this;
    }

    /** Takes DATAGRAM frames (RFC 9221) of up to so many bytes, their header included. */
    public ConnectionConfigBuilder datagrams(int maxFrameBytes) {
        maxDatagramBytes = maxFrameBytes;
        return this;
    }

    /** How large datagrams may be, both ways; see {@link ConnectionConfig#withMaxUdpPayload}. */
    public ConnectionConfigBuilder maxUdpPayload(int bytes) {
        maxUdpPayloadBytes = bytes;
        return this;
    }

    /** A connection between peers that move, perhaps through relays. */
    public ConnectionConfigBuilder mobility(List<InetSocketAddress> throughRelays) {
        mobile = true;
        relays = throughRelays;
        return this;
    }

    /**
     * At a server: where clients shall go on after the handshake (RFC 9000 §9.6). It must be bound
     * to, too, and be reached by whoever reaches the other address.
     *
     * @param ipv4 null for none
     * @param ipv6 null for none
     */
    public ConnectionConfigBuilder preferredAddress(
            InetSocketAddress ipv4, InetSocketAddress ipv6) {
        preferredIpv4 = ipv4;
        preferredIpv6 = ipv6;
        return this;
    }

    /** Makes the congestion controller of each path. */
    public ConnectionConfigBuilder congestion(Supplier<CongestionController> controllers) {
        congestion = controllers;
        return this;
    }

    /** Who hears of every packet: see {@link dev.tern.quic.observe.QlogWriter}. */
    public ConnectionConfigBuilder observers(ObserverFactory factory) {
        observers = factory;
        return this;
    }

    public ConnectionConfig build() {
        return new ConnectionConfig(
                tls,
                session,
                versions,
                handshakeTimeoutNs,
                idleTimeoutNs,
                keepAliveNs,
                initialMaxData,
                initialMaxStreamData,
                maxWindowBytes,
                maxStreamWindowBytes,
                maxSendBufferBytes,
                maxStreams,
                maxDatagramBytes,
                maxUdpPayloadBytes,
                mobile,
                relays,
                preferredIpv4,
                preferredIpv6,
                congestion,
                observers);
    }
}
