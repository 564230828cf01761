package dev.tern.fuzz.sim;

import dev.tern.peer.inspect.FramePrinter;
import dev.tern.quic.frame.FrameReader;
import dev.tern.quic.sim.SimObserver;
import dev.tern.quic.sim.SimPacket;
import dev.tern.quic.sim.SimWorld;
import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.PacketType;
import dev.tern.quic.wire.TransportException;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Tells a world's course packet by packet: when, who, which packet, which frames. */
final class Story implements SimObserver {
    private final World world;
    private final Wiretap wiretap;
    private final Consumer<String> out;
    private final Map<ByteBuffer, Integer> numbers = new HashMap<>();
    private final FrameReader frames = new FrameReader();
    private final ByteReader reader = new ByteReader();

    Story(World world, Wiretap wiretap, Consumer<String> out) {
        this.world = world;
        this.wiretap = wiretap;
        this.out = out;
    }

    /** Something that is no packet happens. */
    void tell(String what, long nowNs) {
        out.accept(time(nowNs) + " " + what);
    }

    @Override
    public void onPacket(Event event, SimPacket packet, long nowNs) {
        ByteBuffer bytes = ByteBuffer.wrap(packet.payload());
        boolean fresh = !numbers.containsKey(bytes);
        int number = numbers.computeIfAbsent(bytes, _ -> numbers.size() + 1);
        out.accept(time(nowNs) + " " + headline(event, packet, number, fresh));
        if (event == Event.SENT) {
            List<ObservedPacket> packets = wiretap.onDelivered(packet);
            packets.forEach(this::show);
            if (packets.isEmpty()) {
                out.accept("        of no connection");
            }
        }
    }

    private String headline(Event event, SimPacket packet, int number, boolean fresh) {
        return switch (event) {
            case SENT ->
                    "%s sends #%d, %d bytes, %s to %s"
                            .formatted(
                                    world.roleAt(packet.from()),
                                    number,
                                    packet.length(),
                                    text(packet.from()),
                                    text(packet.to()));
            case DELIVERED ->
                    "%s gets #%d%s at %s from %s"
                            .formatted(
                                    world.roleAt(packet.to()),
                                    number,
                                    fresh ? " (changed on the way, or forged)" : "",
                                    text(packet.to()),
                                    text(packet.from()));
            case INJECTED ->
                    "attacker sends #%d, %d bytes, as %s to %s"
                            .formatted(
                                    number,
                                    packet.length(),
                                    text(packet.from()),
                                    text(packet.to()));
            case UNROUTABLE -> "nobody is there for #%d at %s".formatted(number, text(packet.to()));
        };
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static String time(long nowNs) {
        return String.format(Locale.ROOT, "%12.3f ms", (nowNs - SimWorld.ORIGIN_NS) / 1e6);
    }

    private void show(ObservedPacket packet) {
        out.accept(
                "        %s %d, conversation %d"
                        .formatted(
                                name(packet.type()),
                                packet.number(),
                                packet.sender().conversation().index()));
        try {
            frames.read(
                    reader.wrap(packet.payload(), 0, packet.payload().length),
                    packet.type(),
                    new FramePrinter(line -> out.accept("          " + line)));
        } catch (TransportException e) {
            out.accept("          then bytes that are no frame: " + e.getMessage());
        }
    }

    private static String name(PacketType type) {
        return switch (type) {
            case INITIAL -> "Initial";
            case ZERO_RTT -> "0-RTT";
            case HANDSHAKE -> "Handshake";
            case RETRY -> "Retry";
            case VERSION_NEGOTIATION -> "Version Negotiation";
            case ONE_RTT -> "1-RTT";
        };
    }
}
