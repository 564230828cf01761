package dev.tern.nat.punch;

import java.net.InetSocketAddress;

/** An address at which a local socket can perhaps be reached. */
public record Candidate(Kind kind, InetSocketAddress address) {
    /** How an address was learnt. */
    public enum Kind {
        /** The socket's own address on an interface of this host. */
        HOST,
        /** The socket's address as a relay or a peer sees it: the NAT's, where there is one. */
        OBSERVED
    }

    public static Candidate host(InetSocketAddress address) {
        return new Candidate(Kind.HOST, address);
    }

    public static Candidate observed(InetSocketAddress address) {
        return new Candidate(Kind.OBSERVED, address);
    }
}
