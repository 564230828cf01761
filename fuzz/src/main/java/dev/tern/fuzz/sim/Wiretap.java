package dev.tern.fuzz.sim;

import dev.tern.quic.frame.FrameReader;
import dev.tern.quic.sim.SimPacket;
import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.CoalescedPackets;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.PacketHeader;
import dev.tern.quic.wire.PacketType;
import dev.tern.quic.wire.TransportException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Opens every packet when it is sent, with the keys of its conversation, and knows it again when it
 * arrives, whatever became of the datagram around it.
 */
final class Wiretap {
    /** Else there may be no room for more. */
    private static final int MOST_AMENDED_BYTES = 1150;

    private final Map<ConnectionId, Party> owners = new HashMap<>();
    private final Map<ByteBuffer, ObservedPacket> known = new HashMap<>();
    private final CoalescedPackets packets = new CoalescedPackets();
    private final FrameReader frameReader = new FrameReader();
    private final ByteReader reader = new ByteReader();
    private final FrameCollector frames = new FrameCollector();

    /** Packets to this connection ID are for that party. */
    void route(ConnectionId id, Party owner) {
        owners.put(id, owner);
    }

    /** The party that packets to this ID are for, or null. */
    Party owner(ConnectionId id) {
        return owners.get(id);
    }

    /** Every connection ID ever seen to be somebody's. */
    Iterable<Map.Entry<ConnectionId, Party>> routes() {
        return owners.entrySet();
    }

    /** The packets of a datagram that a party sends; empty for what no connection sent. */
    List<ObservedPacket> onSent(SimPacket datagram, long nowNs) {
        byte[] bytes = datagram.payload();
        List<ObservedPacket> observed = new ArrayList<>();
        packets.wrap(bytes, 0, bytes.length, PacketHeader.SELF_DESCRIBED);
        while (packets.next()) {
            ObservedPacket packet = open(packets.header(), bytes, datagram, nowNs);
            if (packet != null) {
                known.put(key(packets.header(), bytes), packet);
                observed.add(packet);
            }
        }
        return observed;
    }

    /** The packets of a datagram that arrives, those that were changed on the way left out. */
    List<ObservedPacket> onDelivered(SimPacket datagram) {
        byte[] bytes = datagram.payload();
        List<ObservedPacket> observed = new ArrayList<>();
        packets.wrap(bytes, 0, bytes.length, PacketHeader.SELF_DESCRIBED);
        while (packets.next()) {
            ObservedPacket packet = known.get(key(packets.header(), bytes));
            if (packet != null) {
                observed.add(packet);
            }
        }
        return observed;
    }

    /** The datagram with what its sender wants to add to it, or as it is. */
    SimPacket amend(SimPacket datagram) {
        if (datagram.length() > MOST_AMENDED_BYTES) {
            return datagram;
        }
        List<ObservedPacket> alone = onDelivered(datagram);
        if (alone.size() != 1 || !alone.getFirst().isOneRtt()) {
            return datagram;
        }
        ObservedPacket packet = alone.getFirst();
        Party sender = packet.sender();
        byte[] addition = sender.isReady() ? sender.nextAddition() : null;
        if (addition == null) {
            return datagram;
        }
        // Before all else, for the last frame may go on to the packet's end.
        byte[] payload = Arrays.copyOf(addition, addition.length + packet.payload().length);
        System.arraycopy(packet.payload(), 0, payload, addition.length, packet.payload().length);
        readFrames(payload, packet.type(), sender);
        byte[] bytes =
                sender.conversation()
                        .keys()
                        .seal(sender.role(), packet.destination(), packet.number(), payload);
        known.put(
                ByteBuffer.wrap(bytes),
                packet.saying(payload, frames.frames(), TrafficKeys.NUMBER_BYTES));
        return new SimPacket(datagram.from(), datagram.to(), bytes, datagram.ecn());
    }

    private static ByteBuffer key(PacketHeader header, byte[] bytes) {
        int from = header.packetOffset();
        return ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, from + header.packetLength()));
    }

    private ObservedPacket open(PacketHeader header, byte[] bytes, SimPacket datagram, long nowNs) {
        ConnectionId destination =
                ConnectionId.of(bytes, header.destinationIdOffset(), header.destinationIdLength());
        Party receiver = owners.get(destination);
        if (receiver == null) {
            return null;
        }
        Party sender = receiver.other();
        if (header.type() != PacketType.ONE_RTT && header.sourceIdLength() > 0) {
            route(ConnectionId.of(bytes, header.sourceIdOffset(), header.sourceIdLength()), sender);
        }
        TrafficKeys.Opened opened = sender.conversation().keys().open(sender.role(), header, bytes);
        if (opened == null) {
            return null;
        }
        byte[] payload =
                Arrays.copyOfRange(
                        opened.bytes(),
                        opened.payloadOffset(),
                        opened.payloadOffset() + opened.payloadLength());
        readFrames(payload, header.type(), sender);
        ObservedPacket packet =
                new ObservedPacket(
                        sender,
                        header.type(),
                        opened.number(),
                        opened.numberLength(),
                        sender.conversation().keys().keyUpdates(sender.role()),
                        destination,
                        datagram.from(),
                        datagram.to(),
                        nowNs,
                        datagram.length(),
                        header.tokenLength() > 0,
                        frameReader.ackEliciting(),
                        payload,
                        frames.frames(),
                        new Fate());
        for (ObservedFrame frame : packet.frames()) {
            if (frame instanceof ObservedFrame.NewId issued) {
                route(issued.id(), sender);
            }
        }
        return packet;
    }

    private void readFrames(byte[] payload, PacketType type, Party sender) {
        try {
            frameReader.read(reader.wrap(payload, 0, payload.length), type, frames.from(0));
        } catch (TransportException e) {
            throw new Violation(
                    "frame", "the %s sends what is none: %s".formatted(sender.role(), e));
        }
    }
}
