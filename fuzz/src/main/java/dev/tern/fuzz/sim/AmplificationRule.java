package dev.tern.fuzz.sim;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Seen from the network: no address gets more than three times what came from it before it has
 * shown that it is there (RFC 9000 §8).
 */
final class AmplificationRule extends Rule {
    private static final int FACTOR = 3;

    private static final class Address {
        long receivedBytes;
        long sentBytes;
        boolean validated;
    }

    private final Map<InetSocketAddress, Address> addresses = new HashMap<>();
    private final Map<Long, InetSocketAddress> challenges = new HashMap<>();
    private final Set<InetSocketAddress> chosen = new HashSet<>();

    AmplificationRule(Party party) {
        super("amplification", party);
    }

    /** The party itself, or who runs it, chose to speak to that address. */
    void choose(InetSocketAddress remote) {
        chosen.add(remote);
    }

    private Address address(InetSocketAddress remote) {
        return addresses.computeIfAbsent(remote, _ -> new Address());
    }

    @Override
    void onDatagramDelivered(InetSocketAddress remote, int bytes) {
        address(remote).receivedBytes += bytes;
    }

    @Override
    void onDelivered(ObservedPacket packet, Delivery delivery) {
        // Only who reads our Initial can send a Handshake packet, or the token of our Retry.
        if (packet.space() == 1 || packet.hasToken()) {
            address(delivery.remote()).validated = true;
        }
        for (ObservedFrame frame : packet.frames()) {
            if (frame instanceof ObservedFrame.Response response) {
                InetSocketAddress sentTo = challenges.get(response.data());
                if (sentTo != null) {
                    address(sentTo).validated = true;
                }
            }
        }
    }

    @Override
    void onDatagramSent(InetSocketAddress remote, int bytes) {
        Address address = address(remote);
        address.sentBytes += bytes;
        require(
                address.validated
                        || chosen.contains(remote)
                        || address.sentBytes <= FACTOR * address.receivedBytes,
                "has sent %d bytes to %s and got %d from there",
                address.sentBytes,
                remote,
                address.receivedBytes);
    }

    @Override
    void onSent(ObservedPacket packet) {
        for (ObservedFrame frame : packet.frames()) {
            if (frame instanceof ObservedFrame.Challenge challenge) {
                challenges.put(challenge.data(), packet.to());
            }
        }
    }
}
