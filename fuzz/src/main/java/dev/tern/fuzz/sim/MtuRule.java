package dev.tern.fuzz.sim;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Datagrams are larger than every path must carry only after a probe of their size went through
 * (RFC 9000 §14.3), and never larger than the other takes (§18.2).
 */
final class MtuRule extends Rule {
    private static final int BASE_BYTES = 1200;

    /** max_udp_payload_size, as Tern announces it. */
    private static final int MOST_BYTES = 1452;

    private record Pair(InetSocketAddress from, InetSocketAddress to) {}

    private final Map<Pair, List<ObservedPacket>> large = new HashMap<>();

    MtuRule(Party party) {
        super("mtu", party);
    }

    @Override
    void onSent(ObservedPacket packet) {
        int bytes = packet.datagramBytes();
        if (bytes <= BASE_BYTES) {
            return;
        }
        List<ObservedPacket> before =
                large.computeIfAbsent(new Pair(packet.from(), packet.to()), _ -> new ArrayList<>());
        require(bytes <= MOST_BYTES, "%s leaves in a datagram of %d bytes", packet, bytes);
        require(
                isProbe(packet) || before.stream().anyMatch(each -> proves(each, bytes)),
                "%s is in a datagram of %d bytes, and none such has arrived",
                packet,
                bytes);
        before.add(packet);
    }

    /** A lone PING, and what fills the datagram. */
    private static boolean isProbe(ObservedPacket packet) {
        return packet.isOneRtt()
                && packet.frames().size() == 1
                && packet.frames().getFirst() instanceof ObservedFrame.Pressing;
    }

    private static boolean proves(ObservedPacket packet, int bytes) {
        return packet.datagramBytes() >= bytes && !packet.fate().deliveriesNs().isEmpty();
    }
}
