package dev.tern.quic.connection;

import dev.tern.crypto.resumption.SessionTicket;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.quic.congestion.CongestionController;
import dev.tern.quic.observe.ObserverFactory;
import dev.tern.quic.path.Path;
import dev.tern.quic.wire.TransportParameters;
import dev.tern.quic.wire.Versions;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;

/**
 * How a connection behaves.
 *
 * @param tls identity, verification and protocols
 * @param session at a client: the session to go on with, or null
 * @param versions which to speak, the best first
 * @param handshakeTimeoutNs how long the handshake may take in all
 * @param idleTimeoutNs max_idle_timeout of this side
 * @param keepAliveNs after how long without sending a PING goes out; 0 for never
 * @param initialMaxData how many bytes the peer may send before more are granted, all streams
 *     together
 * @param initialMaxStreamData the same for each stream
 * @param maxWindowBytes how far the first grows where the path carries that much in a round trip
 * @param maxStreamWindowBytes the same for each stream
 * @param maxSendBufferBytes how much a stream holds for its writer at most, until acknowledged
 * @param maxStreams how many streams of each kind the peer may have open
 * @param maxDatagramBytes the longest DATAGRAM frame that this side takes; 0 for none
 * @param maxUdpPayloadBytes how large the datagrams may become that this side sends, where the
 *     network and the peer take it (RFC 9000 §14.3); 1200 for no search
 * @param mobile whether to offer Tern's extensions: either side may migrate, and both punch
 * @param relays addresses of relays; a path to one carries routable connection IDs
 * @param preferredIpv4 at a server: where its clients shall go on after the handshake (RFC 9000
 *     §9.6), or null
 * @param preferredIpv6 the same for clients that use IPv6
 * @param congestion makes the congestion controller of each path
 * @param observers gives each connection its observer
 */
public record ConnectionConfig(
        TlsConfig tls,
        SessionTicket session,
        List<Integer> versions,
        long handshakeTimeoutNs,
        long idleTimeoutNs,
        long keepAliveNs,
        long initialMaxData,
        long initialMaxStreamData,
        long maxWindowBytes,
        long maxStreamWindowBytes,
        int maxSendBufferBytes,
        int maxStreams,
        int maxDatagramBytes,
        int maxUdpPayloadBytes,
        boolean mobile,
        List<InetSocketAddress> relays,
        InetSocketAddress preferredIpv4,
        InetSocketAddress preferredIpv6,
        Supplier<CongestionController> congestion,
        ObserverFactory observers) {
    /** max_ack_delay of this side (RFC 9000 §18.2). */
    public static final long MAX_ACK_DELAY_NS = 25_000_000L;

    /** min_ack_delay of this side (draft-ietf-quic-ack-frequency): how fine its timers are. */
    public static final long MIN_ACK_DELAY_NS = 1_000_000L;

    /** ack_delay_exponent of this side. */
    public static final int ACK_DELAY_EXPONENT = 3;

    private static final long MOBILE_HANDSHAKE_TIMEOUT_NS = 10_000_000_000L;

    /** Eight direct, four for each relay, and those in use on old and new paths. */
    public static final int ACTIVE_CONNECTION_ID_LIMIT = 32;

    public ConnectionConfig {
        versions = List.copyOf(versions);
        relays = List.copyOf(relays);
        maxUdpPayloadBytes =
                Math.clamp(maxUdpPayloadBytes, Path.MIN_DATAGRAM_BYTES, Transmit.CAPACITY_BYTES);
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("a connection needs a version of QUIC to speak");
        }
    }

    /**
     * An ordinary connection: 30 s for the handshake, 30 s idle timeout, no keep-alive, windows of
     * 1 MiB a stream that grow to 8 MiB, CUBIC.
     */
    public static ConnectionConfig of(TlsConfig tls) {
        return new ConnectionConfigBuilder(tls).build();
    }

    boolean prefersAddress() {
        return preferredIpv4 != null || preferredIpv6 != null;
    }

    /** A builder that starts from this. */
    public ConnectionConfigBuilder with() {
        return new ConnectionConfigBuilder(this);
    }

    /**
     * The version of a client's first packet: version 1 if there is a choice, because every server
     * speaks it, and can change to another one at no cost (RFC 9368 §2.3). A session goes on in the
     * version that it began with (RFC 9369 §5).
     */
    public int firstVersion() {
        if (session != null && versions.contains(sessionVersion())) {
            return sessionVersion();
        }
        return versions.contains(Versions.V1) ? Versions.V1 : versions.getFirst();
    }

    private int sessionVersion() {
        return ParameterExchange.versionOf(session.session().transportParameters());
    }

    /** The session, if it is of the version that the first packet will have; else null. */
    SessionTicket usableSession() {
        return session != null && sessionVersion() == firstVersion() ? session : null;
    }

    /** The server's transport parameters in that session. */
    TransportParameters rememberedParameters() {
        return TransportParameters.decode(session.session().transportParameters(), true);
    }

    public ConnectionConfig withIdleTimeout(long timeoutNs) {
        return with().idleTimeout(timeoutNs).build();
    }

    public ConnectionConfig withKeepAlive(long intervalNs) {
        return with().keepAlive(intervalNs).build();
    }

    /**
     * A connection between peers that move: version 1 only, they have nothing to negotiate; and
     * where there is no answer for 10 s, another network may give one.
     */
    public ConnectionConfig withMobility(List<InetSocketAddress> throughRelays) {
        return with().mobility(throughRelays)
                .versions(Versions.V1)
                .handshakeTimeout(MOBILE_HANDSHAKE_TIMEOUT_NS)
                .build();
    }

    public ConnectionConfig withStreams(int maximum, long maxStreamData, long maxData) {
        return with().streams(maximum, maxStreamData, maxData).build();
    }

    /** Takes DATAGRAM frames (RFC 9221) of up to so many bytes, their header included. */
    public ConnectionConfig withDatagrams(int maxFrameBytes) {
        return with().datagrams(maxFrameBytes).build();
    }

    /**
     * Datagrams up to that size are taken, and tried where the path and the peer may carry them;
     * between 1200 and what a {@link Transmit} holds.
     */
    public ConnectionConfig withMaxUdpPayload(int bytes) {
        return with().maxUdpPayload(bytes).build();
    }

    /** Another congestion controller for each path. */
    public ConnectionConfig withCongestion(Supplier<CongestionController> supplier) {
        return with().congestion(supplier).build();
    }
}
