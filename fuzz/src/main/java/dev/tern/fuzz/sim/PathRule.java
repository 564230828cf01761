package dev.tern.fuzz.sim;

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

    /** By the other end's address: three times what came from there, less what went there. */
    private final Map<InetSocketAddress, Long> creditBytes = new HashMap<>();

    /** That of the handshake. */
    private InetSocketAddress first;

    PathRule(Party party) {
        super("path", party);
    }

    @Override
    void onDatagramDelivered(InetSocketAddress remote, int bytes) {
        creditBytes.merge(remote, 3L * bytes, Long::sum);
    }

    @Override
    void onDatagramSent(InetSocketAddress remote, int bytes) {
        if (first == null) {
            first = remote;
        }
        creditBytes.merge(remote, (long) -bytes, Long::sum);
    }

    /**
     * Where the limit for strangers leaves no room for a full datagram (RFC 9000 §8.2.1): for
     * another address than the handshake's only the party knows how much of what came was
     * authentic.
     */
    private boolean mayBeShort(ObservedPacket packet) {
        return party().role() == Role.DIALLER
                || !packet.to().equals(first)
                || creditBytes.size() > 1
                || creditBytes.getOrDefault(packet.to(), 0L) < 20 * MIN_DATAGRAM_BYTES;
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
                !fills || packet.datagramBytes() >= MIN_DATAGRAM_BYTES || mayBeShort(packet),
                "%s leaves in a datagram of %d bytes",
                packet,
                packet.datagramBytes());
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
