package dev.tern.fuzz.sim;

import dev.tern.crypto.CipherSuite;
import dev.tern.crypto.EncryptionLevel;
import dev.tern.crypto.InitialKeys;
import dev.tern.crypto.KeySchedule;
import dev.tern.crypto.PacketProtector;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.PacketHeader;
import dev.tern.quic.wire.PacketHeaderWriter;
import dev.tern.quic.wire.PacketNumbers;
import dev.tern.quic.wire.PacketType;
import dev.tern.quic.wire.Versions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Every key of one conversation, from its key logs and its first packet: opens what either side
 * seals, and seals what an attacker would who has them. Follows key updates.
 */
final class TrafficKeys {
    private static final int KEY_PHASE_BIT = 0x04;

    /** How long packet numbers are in what {@link #seal} makes. */
    static final int NUMBER_BYTES = 4;

    private static final int MOST_UPDATES_UNSEEN = 2;

    /** The keys of one side. */
    private static final class Sealing {
        final Map<EncryptionLevel, byte[]> secrets = new EnumMap<>(EncryptionLevel.class);
        final Map<EncryptionLevel, PacketProtector> protectors =
                new EnumMap<>(EncryptionLevel.class);
        final long[] nextNumbers = new long[ObservedPacket.SPACES];
        PacketProtector nextPhase;
        int phases;
        long skipped = -1;

        boolean keyPhase() {
            return (phases & 1) != 0;
        }
    }

    private final CipherSuite suite;
    private final Sealing[] sides = {new Sealing(), new Sealing()};
    private final List<Initial> initials = new ArrayList<>();
    private int version = Versions.V1;

    TrafficKeys(CipherSuite suite) {
        this.suite = suite;
    }

    /** Keys of Initials follow from what the dialler calls the acceptor (RFC 9001 §5.2). */
    private record Initial(ConnectionId id, int version, InitialKeys keys) {}

    /** What the dialler may call the acceptor at first, or after a Retry. */
    void addOriginal(ConnectionId id) {
        byte[] bytes = new byte[id.length()];
        id.copyTo(bytes, 0);
        for (int each : new int[] {Versions.V1, Versions.V2}) {
            InitialKeys keys = InitialKeys.of(scheduleOf(each), bytes, 0, bytes.length);
            initials.addFirst(new Initial(id, each, keys));
        }
    }

    /** A line of a key log, of either side's. */
    void log(String line) {
        String[] words = line.split(" ", 3);
        String label = words[0];
        Role role = label.startsWith("CLIENT") ? Role.DIALLER : Role.ACCEPTOR;
        EncryptionLevel level =
                label.endsWith("HANDSHAKE_TRAFFIC_SECRET")
                        ? EncryptionLevel.HANDSHAKE
                        : label.endsWith("EARLY_TRAFFIC_SECRET")
                                ? EncryptionLevel.ZERO_RTT
                                : label.endsWith("TRAFFIC_SECRET_0")
                                        ? EncryptionLevel.ONE_RTT
                                        : null;
        if (level != null) {
            sides[role.ordinal()].secrets.put(level, HexFormat.of().parseHex(words[2]));
        }
    }

    /** The next packet number that this side will use, as far as was seen. */
    long nextNumber(Role sender) {
        return sides[sender.ordinal()].nextNumbers[2];
    }

    /** The last packet number that this side left out, or -1. */
    long skipped(Role sender) {
        return sides[sender.ordinal()].skipped;
    }

    /** A packet in the clear. */
    record Opened(
            long number, int numberLength, byte[] bytes, int payloadOffset, int payloadLength) {}

    /** Opens a packet, or returns null if no key of the sender's fits. */
    Opened open(Role sender, PacketHeader header, byte[] datagram) {
        if (!header.hasSample()) {
            return null;
        }
        EncryptionLevel level = levelOf(header.type());
        Sealing side = sides[sender.ordinal()];
        PacketProtector protector = protector(side, level, header);
        Opened opened = protector == null ? null : open(side, protector, header, datagram);
        if (level == EncryptionLevel.INITIAL) {
            opened = openInitial(sender, header, datagram);
        }
        if (opened == null && level == EncryptionLevel.ONE_RTT && protector != null) {
            opened = openLater(side, header, datagram);
        }
        if (opened != null) {
            int space = ObservedPacket.space(header.type());
            if (opened.number < side.nextNumbers[space]) {
                throw new Violation(
                        "packet-number",
                        "the %s sends number %d after %d"
                                .formatted(sender, opened.number, side.nextNumbers[space] - 1));
            }
            if (opened.number > side.nextNumbers[space] && space == 2) {
                side.skipped = opened.number - 1;
            }
            side.nextNumbers[space] = opened.number + 1;
        }
        return opened;
    }

    /** With the keys after the present ones, or those after them, which no honest side has yet. */
    private static Opened openLater(Sealing side, PacketHeader header, byte[] datagram) {
        PacketProtector later = side.nextPhase;
        for (int updates = 1; updates <= MOST_UPDATES_UNSEEN; updates++) {
            Opened opened = open(side, later, header, datagram);
            PacketProtector next = later.nextPhase();
            if (opened != null) {
                side.phases += updates;
                side.protectors.put(EncryptionLevel.ONE_RTT, later);
                side.nextPhase = next;
                if (((opened.bytes[0] & KEY_PHASE_BIT) != 0) != side.keyPhase()) {
                    throw new Violation("keys", "a packet's key phase is not that of its keys");
                }
                return opened;
            }
            later = next;
        }
        return null;
    }

    private static EncryptionLevel levelOf(PacketType type) {
        return switch (type) {
            case INITIAL -> EncryptionLevel.INITIAL;
            case HANDSHAKE -> EncryptionLevel.HANDSHAKE;
            case ZERO_RTT -> EncryptionLevel.ZERO_RTT;
            default -> EncryptionLevel.ONE_RTT;
        };
    }

    private PacketProtector protector(Sealing side, EncryptionLevel level, PacketHeader header) {
        if (level == EncryptionLevel.HANDSHAKE) {
            version = header.version(); // which 1-RTT packets have, too, but do not say
        }
        PacketProtector known = side.protectors.get(level);
        byte[] secret = side.secrets.get(level);
        if (known != null || secret == null) {
            return known;
        }
        PacketProtector made =
                PacketProtector.fromSecret(
                        suite,
                        scheduleOf(level == EncryptionLevel.ZERO_RTT ? header.version() : version),
                        secret);
        side.protectors.put(level, made);
        if (level == EncryptionLevel.ONE_RTT) {
            side.nextPhase = made.nextPhase();
        }
        return made;
    }

    private static KeySchedule scheduleOf(int version) {
        return version == Versions.V2 ? KeySchedule.V2 : KeySchedule.V1;
    }

    private Opened openInitial(Role sender, PacketHeader header, byte[] datagram) {
        Sealing side = sides[sender.ordinal()];
        for (Initial each : initials) {
            if (each.version() == header.version()) {
                InitialKeys keys = each.keys();
                Opened opened =
                        open(
                                side,
                                sender == Role.DIALLER ? keys.client() : keys.server(),
                                header,
                                datagram);
                if (opened != null) {
                    return opened;
                }
            }
        }
        return null;
    }

    private static Opened open(
            Sealing side, PacketProtector protector, PacketHeader header, byte[] datagram) {
        int start = header.packetOffset();
        byte[] bytes = Arrays.copyOfRange(datagram, start, start + header.packetLength());
        int numberOffset = header.packetNumberOffset() - start;
        int numberLength = protector.unprotectHeader(bytes, 0, numberOffset);
        long number =
                PacketNumbers.decode(
                        PacketNumbers.read(bytes, numberOffset, numberLength),
                        numberLength,
                        side.nextNumbers[ObservedPacket.space(header.type())]);
        int payloadOffset = numberOffset + numberLength;
        int length =
                protector.open(0, number, bytes, 0, payloadOffset, bytes.length - payloadOffset);
        return length < 0 ? null : new Opened(number, numberLength, bytes, payloadOffset, length);
    }

    /** A 1-RTT packet as this side would have sealed it. */
    byte[] seal(Role sender, ConnectionId destination, long number, byte[] frames) {
        byte[] packet =
                new byte
                        [1
                                + destination.length()
                                + NUMBER_BYTES
                                + frames.length
                                + PacketProtector.TAG_BYTES];
        ByteWriter out = new ByteWriter();
        out.wrap(packet, 0, packet.length);
        Sealing side = sides[sender.ordinal()];
        int numberOffset =
                PacketHeaderWriter.writeShort(
                        out, destination, side.keyPhase(), number, NUMBER_BYTES);
        int payloadOffset = out.position();
        out.writeBytes(frames, 0, frames.length);
        PacketProtector protector = side.protectors.get(EncryptionLevel.ONE_RTT);
        protector.seal(0, number, packet, 0, payloadOffset, frames.length);
        protector.protectHeader(packet, 0, numberOffset, NUMBER_BYTES);
        return packet;
    }

    /** How often this side has changed its keys. */
    int keyUpdates(Role sender) {
        return sides[sender.ordinal()].phases;
    }

    /** Whether {@link #seal} can be called. */
    boolean canSeal(Role sender) {
        return sides[sender.ordinal()].protectors.containsKey(EncryptionLevel.ONE_RTT);
    }
}
