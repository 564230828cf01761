package dev.tern.fuzz;

import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.PacketHeader;
import dev.tern.quic.wire.PacketHeaderWriter;
import dev.tern.quic.wire.PacketType;
import dev.tern.quic.wire.RetryPacket;
import dev.tern.quic.wire.VersionNegotiationPacket;
import dev.tern.quic.wire.Versions;

import java.util.Locale;

/** Datagrams of every packet type in both versions. */
final class DatagramSeeds {
    private static final ConnectionId DESTINATION =
            ConnectionId.of(new byte[] {(byte) 0xe7, 1, 2, 3, 4, 5, 6, 7});
    private static final ConnectionId SOURCE = ConnectionId.of(new byte[] {1, 9});
    private static final byte[] TOKEN = {'t', 'o', 'k', 'e', 'n'};
    private static final byte[] NO_TOKEN = {};
    private static final int PAYLOAD_BYTES = 24;
    private static final int UNKNOWN_VERSION = 0x1a2a3a4a;

    private DatagramSeeds() {}

    static void addTo(SeedCorpus corpus) {
        addTo(corpus, "v1", Versions.V1);
        addTo(corpus, "v2", Versions.V2);
        corpus.add(PacketHeaderFuzzTest.class, "short_header", DatagramSeeds::writeShort);
        corpus.add(
                PacketHeaderFuzzTest.class,
                "unknown_version",
                out -> writeLong(out, PacketType.INITIAL, UNKNOWN_VERSION));
        corpus.add(
                PacketHeaderFuzzTest.class, "version_negotiation", DatagramSeeds::writeNegotiation);
    }

    private static void addTo(SeedCorpus corpus, String suffix, int version) {
        for (PacketType type :
                new PacketType[] {PacketType.INITIAL, PacketType.ZERO_RTT, PacketType.HANDSHAKE}) {
            corpus.add(
                    PacketHeaderFuzzTest.class,
                    type.name().toLowerCase(Locale.ROOT) + "_" + suffix,
                    out -> writeLong(out, type, version));
        }
        corpus.add(
                PacketHeaderFuzzTest.class,
                "retry_" + suffix,
                out -> {
                    RetryPacket.encode(out, version, DESTINATION, SOURCE, TOKEN);
                    out.writeZeros(RetryPacket.INTEGRITY_TAG_BYTES);
                });
        corpus.add(
                PacketHeaderFuzzTest.class,
                "coalesced_" + suffix,
                out -> {
                    writeLong(out, PacketType.INITIAL, version);
                    writeLong(out, PacketType.HANDSHAKE, version);
                    writeShort(out);
                });
    }

    private static void writeLong(ByteWriter out, PacketType type, int version) {
        byte[] token = type == PacketType.INITIAL ? TOKEN : NO_TOKEN;
        int lengthOffset =
                PacketHeaderWriter.writeLong(out, type, version, DESTINATION, SOURCE, token, 1, 2);
        PacketHeaderWriter.setLength(out.array(), lengthOffset, 2 + PAYLOAD_BYTES);
        out.writeZeros(PAYLOAD_BYTES);
    }

    private static void writeShort(ByteWriter out) {
        PacketHeaderWriter.writeShort(out, DESTINATION, false, 1, 2);
        out.writeZeros(PAYLOAD_BYTES);
    }

    private static void writeNegotiation(ByteWriter out) {
        byte[] received = new byte[100];
        ByteWriter initial = new ByteWriter().wrap(received, 0, received.length);
        writeLong(initial, PacketType.INITIAL, UNKNOWN_VERSION);
        PacketHeader header = new PacketHeader();
        header.parse(received, 0, initial.position(), PacketHeader.SELF_DESCRIBED);
        VersionNegotiationPacket.encode(
                out, received, header, new int[] {Versions.V1, Versions.V2});
    }
}
