package dev.tern.quic.connection;

import dev.tern.crypto.tls.TlsConfig;
import dev.tern.quic.congestion.CongestionController;
import dev.tern.quic.congestion.Cubic;
import dev.tern.quic.path.Path;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;

/**
 * How a connection behaves.
 *
 * @param tls identity, verification and protocols
 * @param idleTimeoutNs max_idle_timeout of this side
 * @param keepAliveNs after how long without sending a PING goes out; 0 for never
 * @param initialMaxData how many bytes the peer may send before more are granted, all streams
 *     together
 * @param initialMaxStreamData the same for each stream
 * @param maxStreams how many streams of each kind the peer may have open
 * @param maxDatagramBytes the longest DATAGRAM frame that this side takes; 0 for none
 * @param maxUdpPayloadBytes how large the datagrams may become that this side sends, where the
 *     network and the peer take it (RFC 9000 §14.3); 1200 for no search
 * @param mobile whether to offer Tern's extensions: either side may migrate, and both punch
 * @param relays addresses of relays; a path to one carries routable connection IDs
 * @param congestion makes the congestion controller of each path
 */
public record ConnectionConfig(
        TlsConfig tls,
        long idleTimeoutNs,
        long keepAliveNs,
        long initialMaxData,
        long initialMaxStreamData,
        int maxStreams,
        int maxDatagramBytes,
        int maxUdpPayloadBytes,
        boolean mobile,
        List<InetSocketAddress> relays,
        Supplier<CongestionController> congestion) {
    /** max_ack_delay of this side (RFC 9000 §18.2). */
    public static final long MAX_ACK_DELAY_NS = 25_000_000L;

    /** min_ack_delay of this side (draft-ietf-quic-ack-frequency): how fine its timers are. */
    public static final long MIN_ACK_DELAY_NS = 1_000_000L;

    /** ack_delay_exponent of this side. */
    public static final int ACK_DELAY_EXPONENT = 3;

    /** Eight direct, four for each relay, and those in use on old and new paths. */
    public static final int ACTIVE_CONNECTION_ID_LIMIT = 32;

    private static final long DEFAULT_IDLE_TIMEOUT_NS = 30_000_000_000L;
    private static final long DEFAULT_MAX_STREAM_DATA = 4 << 20;
    private static final long DEFAULT_MAX_DATA = 8 << 20;
    private static final int DEFAULT_MAX_STREAMS = 100;

    /** What an Ethernet frame holds behind the headers of IPv6 and UDP. */
    private static final int DEFAULT_MAX_UDP_PAYLOAD_BYTES = 1500 - 40 - 8;

    public ConnectionConfig {
        relays = List.copyOf(relays);
        maxUdpPayloadBytes =
                Math.clamp(maxUdpPayloadBytes, Path.MIN_DATAGRAM_BYTES, Transmit.CAPACITY_BYTES);
    }

    /** An ordinary connection: 30 s idle timeout, no keep-alive, 4 MiB a stream, CUBIC. */
    public static ConnectionConfig of(TlsConfig tls) {
        return new ConnectionConfig(
                tls,
                DEFAULT_IDLE_TIMEOUT_NS,
                0,
                DEFAULT_MAX_DATA,
                DEFAULT_MAX_STREAM_DATA,
                DEFAULT_MAX_STREAMS,
                0,
                DEFAULT_MAX_UDP_PAYLOAD_BYTES,
                false,
                List.of(),
                () -> new Cubic(Path.MIN_DATAGRAM_BYTES));
    }

    public ConnectionConfig withIdleTimeout(long timeoutNs) {
        return new ConnectionConfig(
                tls,
                timeoutNs,
                keepAliveNs,
                initialMaxData,
                initialMaxStreamData,
                maxStreams,
                maxDatagramBytes,
                maxUdpPayloadBytes,
                mobile,
                relays,
                congestion);
    }

    public ConnectionConfig withKeepAlive(long intervalNs) {
        return new ConnectionConfig(
                tls,
                idleTimeoutNs,
                intervalNs,
                initialMaxData,
                initialMaxStreamData,
                maxStreams,
                maxDatagramBytes,
                maxUdpPayloadBytes,
                mobile,
                relays,
                congestion);
    }

    /** A connection between peers that move, perhaps through relays. */
    public ConnectionConfig withMobility(List<InetSocketAddress> throughRelays) {
        return new ConnectionConfig(
                tls,
                idleTimeoutNs,
                keepAliveNs,
                initialMaxData,
                initialMaxStreamData,
                maxStreams,
                maxDatagramBytes,
                maxUdpPayloadBytes,
                true,
                throughRelays,
                congestion);
    }

    public ConnectionConfig withStreams(int maximum, long maxStreamData, long maxData) {
        return new ConnectionConfig(
                tls,
                idleTimeoutNs,
                keepAliveNs,
                maxData,
                maxStreamData,
                maximum,
                maxDatagramBytes,
                maxUdpPayloadBytes,
                mobile,
                relays,
                congestion);
    }

    /** Takes DATAGRAM frames (RFC 9221) of up to so many bytes, their header included. */
    public ConnectionConfig withDatagrams(int maxFrameBytes) {
        return new ConnectionConfig(
                tls,
                idleTimeoutNs,
                keepAliveNs,
                initialMaxData,
                initialMaxStreamData,
                maxStreams,
                maxFrameBytes,
                maxUdpPayloadBytes,
                mobile,
                relays,
                congestion);
    }

    /** Searches for datagram sizes up to this, rather than for what an Ethernet frame holds. */
    public ConnectionConfig withMaxUdpPayload(int bytes) {
        return new ConnectionConfig(
                tls,
                idleTimeoutNs,
                keepAliveNs,
                initialMaxData,
                initialMaxStreamData,
                maxStreams,
                maxDatagramBytes,
                bytes,
                mobile,
                relays,
                congestion);
    }

    /** Another congestion controller than CUBIC: one is made for each path. */
    public ConnectionConfig withCongestion(Supplier<CongestionController> controllers) {
        return new ConnectionConfig(
                tls,
                idleTimeoutNs,
                keepAliveNs,
                initialMaxData,
                initialMaxStreamData,
                maxStreams,
                maxDatagramBytes,
                maxUdpPayloadBytes,
                mobile,
                relays,
                controllers);
    }
}
