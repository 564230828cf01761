package dev.tern.quic.api;

import dev.tern.quic.path.Path;
import dev.tern.quic.path.PathCounters;

import java.net.InetSocketAddress;

/**
 * One path of a connection at one moment.
 *
 * @param local this side's address
 * @param remote the peer's, or a relay's
 * @param primary whether data goes by it
 * @param validated whether the far end has answered from there (RFC 9000 §8)
 * @param relayed whether {@code remote} is a relay
 * @param smoothedRttNs round-trip time (RFC 9002 §5.3); of another path, until it was measured here
 * @param minRttNs the shortest
 * @param latestRttNs the last measured; 0 before the first
 * @param windowBytes congestion window
 * @param bytesInFlight sent and neither acknowledged nor lost
 * @param mtuBytes how large a datagram may be
 * @param ecn whether congestion marks were seen to arrive
 * @param sentBytes UDP payload
 * @param receivedBytes UDP payload, authentic
 * @param sentDatagrams and receivedDatagrams, how many datagrams that was
 * @param sentPackets that ask for an acknowledgement
 * @param lostPackets how many of those were lost
 */
public record PathStats(
        InetSocketAddress local,
        InetSocketAddress remote,
        boolean primary,
        boolean validated,
        boolean relayed,
        long smoothedRttNs,
        long minRttNs,
        long latestRttNs,
        long windowBytes,
        long bytesInFlight,
        int mtuBytes,
        boolean ecn,
        long sentBytes,
        long receivedBytes,
        long sentDatagrams,
        long receivedDatagrams,
        long sentPackets,
        long lostPackets) {

    static PathStats of(Path path, Path primary) {
        PathCounters counters = path.counters();
        return new PathStats(
                path.local(),
                path.remote(),
                path == primary,
                path.isValidated(),
                path.isRelayed(),
                path.rtt().smoothedNs(),
                path.rtt().minNs(),
                path.rtt().latestNs(),
                path.windowBytes(),
                path.loss().bytesInFlight(),
                path.datagramBytes(),
                path.isEcnCapable(),
                counters.sentBytes(),
                counters.receivedBytes(),
                counters.sentDatagrams(),
                counters.receivedDatagrams(),
                counters.sentPackets(),
                counters.lostPackets());
    }

    /** Which part of the packets sent was lost, 0 to 1. */
    public double lossRate() {
        return sentPackets == 0 ? 0 : (double) lostPackets / sentPackets;
    }
}
