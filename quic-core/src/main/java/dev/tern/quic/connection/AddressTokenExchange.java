package dev.tern.quic.connection;

import java.net.InetSocketAddress;

/**
 * Where tokens come from that prove a client's address on its next connection, and where they go
 * (RFC 9000 §8.1.3). A token is good for the version of QUIC that it was given in (RFC 9369 §5).
 */
public interface AddressTokenExchange {
    /** At a server: a token for that client, for connections that begin in that version. */
    byte[] issue(InetSocketAddress client, int version, long nowNs);

    /** At a client: that server's token, for the next connection to it in that version. */
    void keep(InetSocketAddress server, int version, byte[] token);
}
