package dev.tern.relay.control;

import dev.tern.crypto.tls.NamedGroup;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.quic.connection.ConnectionConfig;
import dev.tern.quic.wire.Versions;

/** What both ends of a control connection agree on. */
public final class ControlConnection {
    /** The application protocol (ALPN). */
    public static final String PROTOCOL = "tern-relay/1";

    private static final long NS_PER_SECOND = 1_000_000_000L;

    /** Within the 30 s after which the shortest-lived NATs in use forget a mapping. */
    private static final long KEEP_ALIVE_NS = 15 * NS_PER_SECOND;

    /** Two keep-alives may be lost. */
    private static final long IDLE_TIMEOUT_NS = 45 * NS_PER_SECOND;

    /** A relay answers at once, or another attempt does better. */
    private static final long HANDSHAKE_TIMEOUT_NS = 10 * NS_PER_SECOND;

    private static final int WINDOW_BYTES = 64 * 1024;

    private ControlConnection() {}

    /**
     * How a control connection behaves: one stream of the peer's, and small windows. Key exchange
     * is classic: what a control connection carries is worth nothing tomorrow. Version 1 only:
     * there is nothing to negotiate.
     */
    public static ConnectionConfig config(TlsConfig tls) {
        return ConnectionConfig.of(tls.with().groups(NamedGroup.CLASSIC).build())
                .with()
                .versions(Versions.V1)
                .handshakeTimeout(HANDSHAKE_TIMEOUT_NS)
                .build()
                .withKeepAlive(KEEP_ALIVE_NS)
                .withIdleTimeout(IDLE_TIMEOUT_NS)
                .withStreams(1, WINDOW_BYTES, WINDOW_BYTES);
    }
}
