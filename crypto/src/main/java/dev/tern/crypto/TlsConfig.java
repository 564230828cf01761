package dev.tern.crypto;

import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;

/**
 * What a handshake is made with.
 *
 * @param random all randomness of the handshake: the same bytes give the same handshake
 * @param identity who we are; null for a client that shows no certificate
 * @param requirePeerCertificate at a server, whether the client must show a certificate, too
 * @param verifier judges the peer's certificate; null only at a server that asks for none
 * @param applicationProtocols ALPN, the best first
 * @param serverName what a client puts into SNI, or null
 */
public record TlsConfig(
        SecureRandom random,
        PeerIdentity identity,
        boolean requirePeerCertificate,
        PeerVerifier verifier,
        List<String> applicationProtocols,
        String serverName) {
    public TlsConfig {
        Objects.requireNonNull(random, "random");
        applicationProtocols = List.copyOf(applicationProtocols);
        if (applicationProtocols.isEmpty()) {
            throw new IllegalArgumentException("QUIC needs an application protocol (ALPN)");
        }
        if (requirePeerCertificate && verifier == null) {
            throw new IllegalArgumentException("a required peer certificate needs a verifier");
        }
    }

    /** A client that shows {@code identity}, or nothing where that is null. */
    public static TlsConfig client(
            SecureRandom random,
            PeerIdentity identity,
            PeerVerifier verifier,
            String... applicationProtocols) {
        return new TlsConfig(
                random, identity, false, verifier, List.of(applicationProtocols), null);
    }

    /** A server that asks its clients for no certificate. */
    public static TlsConfig server(
            SecureRandom random, PeerIdentity identity, String... applicationProtocols) {
        return new TlsConfig(random, identity, false, null, List.of(applicationProtocols), null);
    }

    /** A server whose clients must show a certificate. */
    public static TlsConfig mutualServer(
            SecureRandom random,
            PeerIdentity identity,
            PeerVerifier verifier,
            String... applicationProtocols) {
        return new TlsConfig(random, identity, true, verifier, List.of(applicationProtocols), null);
    }
}
