package dev.tern.quic.connection;

import java.net.InetSocketAddress;

/**
 * Where tokens come from that prove a client's address on its next connection, and where they go
 * (RFC 9000 §8.1.3).
 */
public interface AddressTokenExchange {
    /** At a server: a token for that client. */
    byte[] issue(InetSocketAddress client, long nowNs);

    /** At a client: that server's token, for the next connection to it. */
    void keep(InetSocketAddress server, byte[] token);
}
