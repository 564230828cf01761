package dev.tern.relay.server;

import dev.tern.crypto.identity.PeerId;
import dev.tern.crypto.identity.PeerIdentity;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Predicate;

/**
 * How a relay behaves.
 *
 * @param identity who it is
 * @param relayId tells the relays of a fleet apart, 0 to 65535
 * @param secret at least 16 bytes; a relay that restarts with the same one serves the same IDs
 * @param startUnixMs the time of day at which the relay is made: keys of connection IDs follow it
 * @param idLifetimeMs how long a connection ID is good at least
 * @param peerBytesPerSecond how much is forwarded from one peer
 * @param totalBytesPerSecond how much is forwarded altogether
 * @param maxRegistrations how many peers may be registered
 * @param allowLoopback whether peers may be on this machine, on loopback addresses
 * @param neverForwardTo its own addresses, its balancer's and its fleet's
 * @param admission which peers are served
 */
@SuppressWarnings("ArrayRecordComponent") // a relay has one configuration: never compared
public record RelayConfig(
        PeerIdentity identity,
        int relayId,
        byte[] secret,
        long startUnixMs,
        long idLifetimeMs,
        long peerBytesPerSecond,
        long totalBytesPerSecond,
        int maxRegistrations,
        boolean allowLoopback,
        List<InetSocketAddress> neverForwardTo,
        Predicate<PeerId> admission) {
    private static final int MIN_SECRET_BYTES = 16;
    private static final int MAX_RELAY_ID = 0xffff;
    private static final long DAY_MS = 86_400_000L;
    private static final long MIN_ID_LIFETIME_MS = 1_000;

    /** 100 Mbit/s. */
    private static final long DEFAULT_PEER_BYTES_PER_SECOND = 12_500_000;

    /** 1 Gbit/s. */
    private static final long DEFAULT_TOTAL_BYTES_PER_SECOND = 125_000_000;

    private static final int DEFAULT_MAX_REGISTRATIONS = 10_000;

    public RelayConfig {
        if (relayId < 0 || relayId > MAX_RELAY_ID) {
            throw new IllegalArgumentException("relay id " + relayId + ": not 0 to 65535");
        }
        if (secret.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "a relay's secret has at least 16 bytes, not " + secret.length);
        }
        if (idLifetimeMs < MIN_ID_LIFETIME_MS) {
            throw new IllegalArgumentException("connection IDs must be good for a second at least");
        }
        if (peerBytesPerSecond <= 0 || totalBytesPerSecond <= 0 || maxRegistrations <= 0) {
            throw new IllegalArgumentException("a relay's limits are greater than 0");
        }
        secret = secret.clone();
        neverForwardTo = List.copyOf(neverForwardTo);
    }

    /** A relay for everybody, with ordinary limits. */
    public static RelayConfig of(
            PeerIdentity identity, int relayId, byte[] secret, long startUnixMs) {
        return new RelayConfig(
                identity,
                relayId,
                secret,
                startUnixMs,
                DAY_MS,
                DEFAULT_PEER_BYTES_PER_SECOND,
                DEFAULT_TOTAL_BYTES_PER_SECOND,
                DEFAULT_MAX_REGISTRATIONS,
                false,
                List.of(),
                peer -> true);
    }

    /** How much is forwarded from one peer, and altogether. */
    public RelayConfig withRates(long newPeerBytesPerSecond, long newTotalBytesPerSecond) {
        return new RelayConfig(
                identity,
                relayId,
                secret,
                startUnixMs,
                idLifetimeMs,
                newPeerBytesPerSecond,
                newTotalBytesPerSecond,
                maxRegistrations,
                allowLoopback,
                neverForwardTo,
                admission);
    }

    /** How long connection IDs are good. */
    public RelayConfig withIdLifetime(long newIdLifetimeMs) {
        return new RelayConfig(
                identity,
                relayId,
                secret,
                startUnixMs,
                newIdLifetimeMs,
                peerBytesPerSecond,
                totalBytesPerSecond,
                maxRegistrations,
                allowLoopback,
                neverForwardTo,
                admission);
    }

    /** Which peers are served, and how many. */
    public RelayConfig withAdmission(Predicate<PeerId> newAdmission, int newMaxRegistrations) {
        return new RelayConfig(
                identity,
                relayId,
                secret,
                startUnixMs,
                idLifetimeMs,
                peerBytesPerSecond,
                totalBytesPerSecond,
                newMaxRegistrations,
                allowLoopback,
                neverForwardTo,
                newAdmission);
    }

    /** Where datagrams must never go. */
    public RelayConfig withDestinations(
            boolean newAllowLoopback, List<InetSocketAddress> newNeverForwardTo) {
        return new RelayConfig(
                identity,
                relayId,
                secret,
                startUnixMs,
                idLifetimeMs,
                peerBytesPerSecond,
                totalBytesPerSecond,
                maxRegistrations,
                newAllowLoopback,
                newNeverForwardTo,
                admission);
    }
}
