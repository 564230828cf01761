package dev.tern.crypto.tls;

import dev.tern.crypto.CipherSuite;
import dev.tern.crypto.aead.AeadProvider;
import dev.tern.crypto.resumption.TicketSealer;

import java.security.SecureRandom;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Makes a {@link TlsConfig}. Unless told otherwise: no certificate of our own, all cipher suites,
 * the post-quantum hybrid first, no tickets, no key log.
 */
public final class TlsConfigBuilder {
    private final SecureRandom random;
    private final List<String> applicationProtocols;
    private Credentials credentials;
    private ClientAuthentication clientAuthentication = ClientAuthentication.NONE;
    private PeerVerifier verifier;
    private String serverName;
    private List<CipherSuite> cipherSuites = List.of(CipherSuite.values());
    private List<NamedGroup> groups = NamedGroup.HYBRID_FIRST;
    private Consumer<String> keyLog;
    private TicketSealer ticketSealer;
    private LongSupplier wallClockMs;
    private boolean earlyData;
    private AeadProvider aead;

    /**
     * Starts with nothing but randomness and ALPN.
     *
     * @param applicationProtocols the best first
     */
    public TlsConfigBuilder(SecureRandom random, String... applicationProtocols) {
        this.random = random;
        this.applicationProtocols = List.of(applicationProtocols);
    }

    TlsConfigBuilder(TlsConfig from) {
        random = from.random();
        applicationProtocols = from.applicationProtocols();
        credentials = from.credentials();
        clientAuthentication = from.clientAuthentication();
        verifier = from.verifier();
        serverName = from.serverName();
        cipherSuites = from.cipherSuites();
        groups = from.groups();
        keyLog = from.keyLog();
        ticketSealer = from.ticketSealer();
        wallClockMs = from.wallClockMs();
        earlyData = from.earlyData();
        aead = from.aead();
    }

    /** Who we are. */
    public TlsConfigBuilder credentials(Credentials ours) {
        credentials = ours;
        return this;
    }

    /** Who a server must be. */
    public TlsConfigBuilder verifier(PeerVerifier ofServers) {
        verifier = ofServers;
        return this;
    }

    /** Whether clients must say who they are, and who they must be. */
    public TlsConfigBuilder clientAuthentication(
            ClientAuthentication wanted, PeerVerifier ofClients) {
        clientAuthentication = wanted;
        verifier = ofClients;
        return this;
    }

    /** The host name that a client puts into SNI (RFC 6066 §3). */
    public TlsConfigBuilder serverName(String hostName) {
        serverName = hostName;
        return this;
    }

    /** Which suites, the best first. */
    public TlsConfigBuilder cipherSuites(CipherSuite... bestFirst) {
        cipherSuites = List.of(bestFirst);
        return this;
    }

    /** Which groups, the best first. */
    public TlsConfigBuilder groups(List<NamedGroup> bestFirst) {
        groups = List.copyOf(bestFirst);
        return this;
    }

    /** Where the secrets of each connection go, for a packet analyser. */
    public TlsConfigBuilder keyLog(Consumer<String> lines) {
        keyLog = lines;
        return this;
    }

    /** Makes a server send session tickets, and take them. */
    public TlsConfigBuilder ticketSealer(TicketSealer sharedByConnections) {
        ticketSealer = sharedByConnections;
        return this;
    }

    /**
     * Makes a client keep the server's session tickets: {@link TlsEvents#onSessionTicket}.
     *
     * @param timeOfDayMs milliseconds since 1970
     */
    public TlsConfigBuilder keepTickets(LongSupplier timeOfDayMs) {
        wallClockMs = timeOfDayMs;
        return this;
    }

    /** Whether a client uses 0-RTT where a ticket allows it. */
    public TlsConfigBuilder earlyData(boolean used) {
        earlyData = used;
        return this;
    }

    /** Takes packet ciphers from a certain provider, whatever else this machine has. */
    public TlsConfigBuilder aead(AeadProvider provider) {
        aead = provider;
        return this;
    }

    public TlsConfig build() {
        return new TlsConfig(
                random,
                credentials,
                clientAuthentication,
                verifier,
                applicationProtocols,
                serverName,
                cipherSuites,
                groups,
                keyLog,
                ticketSealer,
                wallClockMs,
                earlyData,
                aead);
    }
}
