package dev.tern.quic.api;

import dev.tern.crypto.resumption.SessionTicket;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.quic.connection.ConnectionConfig;
import dev.tern.quic.io.SystemClock;

import java.net.InetSocketAddress;

/** Takes what a store remembers of a server to the next connection there. */
final class Sessions {
    private final SessionStore store;

    /**
     * @param store null to remember nothing
     */
    Sessions(SessionStore store) {
        this.store = store;
    }

    /** The same, going on with a session if there is one. */
    ConnectionConfig resume(InetSocketAddress remote, ConnectionConfig config) {
        if (store == null) {
            return config;
        }
        ConnectionConfig keeping = keepingTickets(config);
        return keeping.session() == null
                ? keeping.with().session(take(remote, keeping.tls())).build()
                : keeping;
    }

    /** The same, sending early data if that is possible. */
    ConnectionConfig resumeEarly(InetSocketAddress remote, ConnectionConfig config) {
        TlsConfig early = config.tls().with().earlyData(true).build();
        return resume(remote, config.with().tls(early).build());
    }

    void put(QuicConnection connection, SessionTicket ticket) {
        if (store != null) {
            store.put(
                    name(
                            ticket.session().serverName(),
                            connection.remoteAddress(),
                            ticket.session().applicationProtocol()),
                    ticket);
        }
    }

    private static ConnectionConfig keepingTickets(ConnectionConfig config) {
        if (config.tls().wallClockMs() != null) {
            return config;
        }
        TlsConfig keeping = config.tls().with().keepTickets(SystemClock::timeOfDayMs).build();
        return config.with().tls(keeping).build();
    }

    private SessionTicket take(InetSocketAddress remote, TlsConfig tls) {
        for (String protocol : tls.applicationProtocols()) {
            SessionTicket ticket = store.take(name(tls.serverName(), remote, protocol));
            if (ticket != null) {
                return ticket;
            }
        }
        return null;
    }

    private static String name(String host, InetSocketAddress remote, String protocol) {
        String server = host == null ? Ending.text(remote) : host + ":" + remote.getPort();
        return server + " " + protocol;
    }
}
