package dev.tern.crypto.tls;

import dev.tern.crypto.CipherSuite;
import dev.tern.crypto.aead.AeadProvider;
import dev.tern.crypto.aead.AeadProviders;
import dev.tern.crypto.resumption.TicketSealer;

import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What handshakes are made with. Shared by any number of connections.
 *
 * @param random all randomness of the handshake: the same bytes give the same handshake
 * @param credentials who we are; null for a client that shows no certificate
 * @param clientAuthentication what a server wants to know of its clients
 * @param verifier judges the peer's certificate; null only at a server that asks for none
 * @param applicationProtocols ALPN, the best first
 * @param serverName what a client puts into SNI, or null
 * @param cipherSuites the best first
 * @param groups for the key exchange, the best first; a client sends a key share for the first
 * @param keyLog gets the secrets of each connection as lines for SSLKEYLOGFILE, or null
 * @param ticketSealer at a server: makes its session tickets; null for none
 * @param wallClockMs at a client: the time of day since 1970, for the age of session tickets; null
 *     for a client that keeps none
 * @param earlyData at a client: whether 0-RTT is used where a ticket allows it
 * @param aead where packet ciphers come from, or null for what {@link AeadProviders} chooses
 */
public record TlsConfig(
        SecureRandom random,
        Credentials credentials,
        ClientAuthentication clientAuthentication,
        PeerVerifier verifier,
        List<String> applicationProtocols,
        String serverName,
        List<CipherSuite> cipherSuites,
        List<NamedGroup> groups,
        Consumer<String> keyLog,
        TicketSealer ticketSealer,
        LongSupplier wallClockMs,
        boolean earlyData,
        AeadProvider aead) {
    public TlsConfig {
        Objects.requireNonNull(random, "random");
        Objects.requireNonNull(clientAuthentication, "clientAuthentication");
        applicationProtocols =
                notEmpty(applicationProtocols, "QUIC needs an application protocol (ALPN)");
        cipherSuites = notEmpty(cipherSuites, "TLS needs a cipher suite");
        groups = notEmpty(groups, "TLS needs a group for the key exchange");
        if (clientAuthentication != ClientAuthentication.NONE && verifier == null) {
            throw new IllegalArgumentException("a peer's certificate needs a verifier");
        }
    }

    private static <T> List<T> notEmpty(List<T> values, String sentence) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(sentence);
        }
        return List.copyOf(values);
    }

    /** A client that shows {@code credentials}, or nothing where that is null. */
    public static TlsConfig client(
            SecureRandom random,
            Credentials credentials,
            PeerVerifier verifier,
            String... applicationProtocols) {
        return new TlsConfigBuilder(random, applicationProtocols)
                .credentials(credentials)
                .verifier(verifier)
                .build();
    }

    /** A server that asks its clients for no certificate. */
    public static TlsConfig server(
            SecureRandom random, Credentials credentials, String... applicationProtocols) {
        return new TlsConfigBuilder(random, applicationProtocols).credentials(credentials).build();
    }

    /** A server whose clients must show a certificate. */
    public static TlsConfig mutualServer(
            SecureRandom random,
            Credentials credentials,
            PeerVerifier verifier,
            String... applicationProtocols) {
        return new TlsConfigBuilder(random, applicationProtocols)
                .credentials(credentials)
                .clientAuthentication(ClientAuthentication.REQUIRED, verifier)
                .build();
    }

    /** A builder that starts from this. */
    public TlsConfigBuilder with() {
        return new TlsConfigBuilder(this);
    }

    /** Names neither a secret nor an identity. */
    @Override
    public String toString() {
        return "TlsConfig" + applicationProtocols;
    }
}
