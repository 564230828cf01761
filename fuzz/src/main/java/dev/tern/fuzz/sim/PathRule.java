package dev.tern.fuzz.sim;

import dev.tern.quic.path.Path;
import dev.tern.quic.wire.PacketType;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Challenges are new each time, and answered once, where they came from (RFC 9000 §8.2); what must
 * fill a datagram does (§8.2.1, §14.1).
 */
final class PathRule extends Rule {
    private static final int MIN_DATAGRAM_BYTES = 1200;

    private static final class Asked {
        final InetSocketAddress local;
        final InetSocketAddress remote;
        int answersAllowed;

        Asked(InetSocketAddress local, InetSocketAddress remote) {
            this.local = local;
            this.remote = remote;
        }
    }

    private final Map<Long, Set<Asked>> asked = new HashMap<>();
    private final Set<Long> challenges = new HashSet<>();

    PathRule(Party party) {
        super("path", party);
    }

    @Override
    void onDelivered(ObservedPacket packet, Delivery delivery) {
        if (delivery.repeated()) {
            return;
        }
        for (ObservedFrame frame : packet.frames()) {
            if (frame instanceof ObservedFrame.Challenge challenge) {
                Asked here = new Asked(delivery.local(), delivery.remote());
                here.answersAllowed = 1;
                asked.computeIfAbsent(challenge.data(), _ -> new HashSet<>()).add(here);
            }
        }
    }

    @Override
    void onSent(ObservedPacket packet) {
        boolean fills = packet.type() == PacketType.INITIAL && mustFill(packet);
        for (ObservedFrame frame : packet.frames()) {
            if (frame instanceof ObservedFrame.Challenge challenge) {
                require(challenges.add(challenge.data()), "repeats a challenge");
                fills = true;
            } else if (frame instanceof ObservedFrame.Response response) {
                answer(packet, response);
                fills = true;
            } else if (frame instanceof ObservedFrame.HandshakeDone) {
                require(party().role() == Role.ACCEPTOR, "sends HANDSHAKE_DONE");
            }
        }
        require(
                !fills || packet.datagramBytes() >= MIN_DATAGRAM_BYTES || hadNoRoom(packet),
                "%s leaves in a datagram of %d bytes",
                packet,
                packet.datagramBytes());
    }

    /**
     * Whether the limit for unvalidated addresses left no room for a full datagram (RFC 9000
     * §8.2.1). The party says so itself: that it never sends more is another rule's matter, and
     * that it does not stop too early is found by what then never arrives.
     */
    private boolean hadNoRoom(ObservedPacket packet) {
        for (Path path : party().connection().paths()) {
            if (path.local().equals(packet.from()) && path.remote().equals(packet.to())) {
                // This datagram counts already.
                return !path.allowsBytes(MIN_DATAGRAM_BYTES - packet.datagramBytes());
            }
        }
        return false;
    }

    private boolean mustFill(ObservedPacket packet) {
        return party().role() == Role.DIALLER || packet.ackEliciting();
    }

    private void answer(ObservedPacket packet, ObservedFrame.Response response) {
        for (Asked question : asked.getOrDefault(response.data(), Set.of())) {
            if (question.answersAllowed > 0
                    && question.local.equals(packet.from())
                    && question.remote.equals(packet.to())) {
                question.answersAllowed--;
                return;
            }
        }
        require(
                false,
                "answers a challenge from %s to %s that did not come there, or once more",
                packet.from(),
                packet.to());
    }
}
