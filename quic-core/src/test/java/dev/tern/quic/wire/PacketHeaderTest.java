package dev.tern.quic.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HexFormat;

class PacketHeaderTest {
    private static final int START = 3;
    private static final int PAYLOAD = 30;

    private final byte[] buffer = new byte[300];
    private final ByteWriter out = new ByteWriter().wrap(buffer, START, buffer.length - START);
    private final PacketHeader header = new PacketHeader();

    /** A property's tries share one instance. */
    @BeforeTry
    void startOver() {
        out.wrap(buffer, START, buffer.length - START);
    }

    @Test
    void shouldFindThePartsOfTheClientInitialOfTheRfc() {
        // RFC 9001 §A.2, the unprotected header; its length field says 1182.
        byte[] datagram = new byte[1200];
        byte[] start = HexFormat.of().parseHex("c300000001088394c8f03e5157080000449e00000002");
        System.arraycopy(start, 0, datagram, 0, start.length);

        assertThat(header.parse(datagram, 0, 1200, 8)).isTrue();

        assertThat(header.type()).isEqualTo(PacketType.INITIAL);
        assertThat(header.version()).isEqualTo(Versions.V1);
        assertThat(header.destinationIdOffset()).isEqualTo(6);
        assertThat(header.destinationIdLength()).isEqualTo(8);
        assertThat(header.sourceIdLength()).isZero();
        assertThat(header.tokenLength()).isZero();
        assertThat(header.packetNumberOffset()).isEqualTo(18);
        assertThat(header.packetLength()).isEqualTo(1200);
        assertThat(header.hasSample()).isTrue();
    }

    /** RFC 9369 §A.2 and §A.3, the unprotected headers, and §A.4, the whole Retry. */
    @ParameterizedTest
    @CsvSource({
        "d36b3343cf088394c8f03e5157080000449e00000002, INITIAL, 8394c8f03e515708, ''",
        "d16b3343cf0008f067a5502a4262b50040750001, INITIAL, '', f067a5502a4262b5",
        "cf6b3343cf0008f067a5502a4262b5746f6b656ec8646ce8bfe33952d955543665dcc7b6, RETRY, '',"
                + " f067a5502a4262b5"
    })
    void shouldReadTheHeadersOfTheRfcOfVersion2(
            String hex, PacketType type, String destination, String source) {
        byte[] start = HexFormat.of().parseHex(hex);
        byte[] datagram = new byte[1200];
        int length = type == PacketType.RETRY ? start.length : datagram.length;
        System.arraycopy(start, 0, datagram, 0, start.length);

        assertThat(header.parse(datagram, 0, length, 8)).isTrue();

        assertThat(header.type()).isEqualTo(type);
        assertThat(header.version()).isEqualTo(Versions.V2);
        assertThat(id(datagram, header.destinationIdOffset(), header.destinationIdLength()))
                .isEqualTo(destination);
        assertThat(id(datagram, header.sourceIdOffset(), header.sourceIdLength()))
                .isEqualTo(source);
        if (type == PacketType.RETRY) {
            assertThat(id(datagram, header.tokenOffset(), header.tokenLength()))
                    .isEqualTo(HexFormat.of().formatHex("token".getBytes(US_ASCII)));
        }
    }

    @Test
    void shouldWriteTheHeadersOfTheRfcOfVersion2() {
        ConnectionId server = ConnectionId.of(HexFormat.of().parseHex("f067a5502a4262b5"));
        int lengthOffset =
                PacketHeaderWriter.writeLong(
                        out,
                        PacketType.INITIAL,
                        Versions.V2,
                        ConnectionId.EMPTY,
                        server,
                        new byte[0],
                        1,
                        2);
        PacketHeaderWriter.setLength(buffer, lengthOffset, 0x75);

        assertThat(id(buffer, START, out.position() - START))
                .isEqualTo("d16b3343cf0008f067a5502a4262b50040750001");
    }

    @Property(tries = 300)
    void shouldFindEveryPartOfALongHeader(
            @ForAll("numberedTypes") PacketType type,
            @ForAll("readableVersions") int version,
            @ForAll @Size(max = 20) byte[] destination,
            @ForAll @Size(max = 20) byte[] source,
            @ForAll @Size(max = 80) byte[] anyToken,
            @ForAll long packetNumber,
            @ForAll @IntRange(min = 1, max = 4) int packetNumberLength) {
        byte[] token = type == PacketType.INITIAL ? anyToken : new byte[0];
        ConnectionId destinationId = ConnectionId.of(destination);
        ConnectionId sourceId = ConnectionId.of(source);
        int lengthOffset =
                PacketHeaderWriter.writeLong(
                        out,
                        type,
                        version,
                        destinationId,
                        sourceId,
                        token,
                        packetNumber,
                        packetNumberLength);
        int headerSize = out.position() - START;
        PacketHeaderWriter.setLength(buffer, lengthOffset, packetNumberLength + PAYLOAD);

        // Bytes behind it belong to the next coalesced packet.
        assertThat(header.parse(buffer, START, headerSize + PAYLOAD + 5, 8)).isTrue();

        assertThat(headerSize)
                .isEqualTo(
                        PacketHeaderWriter.longHeaderSize(
                                type, destinationId, sourceId, token.length, packetNumberLength));
        assertThat(header.type()).isEqualTo(type);
        assertThat(header.version()).isEqualTo(version);
        assertThat(header.packetOffset()).isEqualTo(START);
        assertThat(header.packetLength()).isEqualTo(headerSize + PAYLOAD);
        assertThat(header.packetNumberOffset())
                .isEqualTo(lengthOffset + PacketHeaderWriter.LENGTH_FIELD_BYTES);
        assertThat(id(header.destinationIdOffset(), header.destinationIdLength()))
                .isEqualTo(destinationId);
        assertThat(id(header.sourceIdOffset(), header.sourceIdLength())).isEqualTo(sourceId);
        assertThat(header.tokenLength()).isEqualTo(token.length);
        assertThat(PacketNumbers.read(buffer, header.packetNumberOffset(), packetNumberLength))
                .isEqualTo(packetNumber & ((1L << (packetNumberLength * 8)) - 1));
        assertThat(buffer[START] & 3).isEqualTo(packetNumberLength - 1);
    }

    @Property(tries = 200)
    void shouldNotParseALongHeaderWithoutItsEnd(
            @ForAll("numberedTypes") PacketType type, @ForAll @Size(max = 80) byte[] token) {
        int lengthOffset =
                PacketHeaderWriter.writeLong(
                        out,
                        type,
                        Versions.V1,
                        ConnectionId.of(new byte[8]),
                        ConnectionId.of(new byte[5]),
                        type == PacketType.INITIAL ? token : new byte[0],
                        7,
                        2);
        PacketHeaderWriter.setLength(buffer, lengthOffset, 2 + PAYLOAD);
        int whole = out.position() - START + PAYLOAD;

        for (int length = 0; length < whole; length++) {
            assertThat(header.parse(buffer, START, length, 8)).as("%s bytes", length).isFalse();
        }
        assertThat(header.parse(buffer, START, whole, 8)).isTrue();
    }

    @Property(tries = 200)
    void shouldFindEveryPartOfAShortHeader(
            @ForAll @Size(max = 20) byte[] destination,
            @ForAll boolean keyPhase,
            @ForAll long packetNumber,
            @ForAll @IntRange(min = 1, max = 4) int packetNumberLength) {
        ConnectionId id = ConnectionId.of(destination);

        int packetNumberOffset =
                PacketHeaderWriter.writeShort(out, id, keyPhase, packetNumber, packetNumberLength);

        assertThat(out.position() - START)
                .isEqualTo(PacketHeaderWriter.shortHeaderSize(id, packetNumberLength));
        assertThat(header.parse(buffer, START, 60, destination.length)).isTrue();
        assertThat(header.type()).isEqualTo(PacketType.ONE_RTT);
        assertThat(id(header.destinationIdOffset(), header.destinationIdLength())).isEqualTo(id);
        assertThat(header.packetNumberOffset()).isEqualTo(packetNumberOffset);
        assertThat(header.packetLength()).isEqualTo(60);
        assertThat(buffer[START] & 0x20).as("spin bit").isZero();
        assertThat((buffer[START] & 0x04) != 0).isEqualTo(keyPhase);
    }

    @Test
    void shouldReadTheLengthOfADestinationIdFromItsFirstByte() {
        byte[] id = new byte[17];
        id[0] = (2 << 5) | 16;
        PacketHeaderWriter.writeShort(out, ConnectionId.of(id), false, 1, 1);

        assertThat(header.parse(buffer, START, 60, PacketHeader.SELF_DESCRIBED)).isTrue();
        assertThat(header.destinationIdLength()).isEqualTo(17);
        assertThat(header.parse(buffer, START, 17, PacketHeader.SELF_DESCRIBED)).isFalse();
        assertThat(header.parse(buffer, START, 1, PacketHeader.SELF_DESCRIBED)).isFalse();
    }

    @Test
    void shouldDropShortHeaderWhoseIdClaimsMoreThanTwentyBytes() {
        buffer[START] = 0x40;
        buffer[START + 1] = 31;

        assertThat(header.parse(buffer, START, 200, PacketHeader.SELF_DESCRIBED)).isFalse();
    }

    @Test
    void shouldDropPacketsWithoutTheFixedBit() {
        assertThat(header.parse(new byte[40], 0, 40, 8)).isFalse();
        byte[] handshake = HexFormat.of().parseHex("a0000000010000" + "1e" + "00".repeat(30));
        assertThat(header.parse(handshake, 0, handshake.length, 8)).isFalse();
        handshake[0] |= 0x40;
        assertThat(header.parse(handshake, 0, handshake.length, 8)).isTrue();
    }

    @Test
    void shouldDropLongConnectionIdsOfAKnownVersion() {
        byte[] packet = longHeaderWithIdOf21Bytes(Versions.V1);

        assertThat(header.parse(packet, 0, packet.length, 8)).isFalse();
    }

    @Test
    void shouldFindLongConnectionIdsOfAnUnknownVersion() {
        byte[] packet = longHeaderWithIdOf21Bytes(0x0a0a0a0a);

        assertThat(header.parse(packet, 0, packet.length, 8)).isTrue();

        assertThat(header.type()).isNull();
        assertThat(header.version()).isEqualTo(0x0a0a0a0a);
        assertThat(header.destinationIdLength()).isEqualTo(21);
    }

    @Property(tries = 200)
    void shouldFindConnectionIdsOfAnyLengthOfAnUnknownVersion(
            @ForAll @Size(max = 255) byte[] destination,
            @ForAll @Size(max = 255) byte[] source,
            @ForAll byte firstByte) {
        // All that RFC 8999 §5.1 promises; not even the fixed bit is part of it.
        byte[] packet = new byte[7 + destination.length + source.length];
        ByteWriter bytes = new ByteWriter().wrap(packet, 0, packet.length);
        bytes.writeByte(firstByte | 0x80);
        bytes.writeInt(0x1234_5678);
        bytes.writeByte(destination.length);
        bytes.writeBytes(destination);
        bytes.writeByte(source.length);
        bytes.writeBytes(source);

        assertThat(header.parse(packet, 0, packet.length, 8)).isTrue();

        assertThat(header.type()).isNull();
        assertThat(header.packetLength()).isEqualTo(packet.length);
        assertThat(id(packet, header.destinationIdOffset(), header.destinationIdLength()))
                .isEqualTo(HexFormat.of().formatHex(destination));
        assertThat(id(packet, header.sourceIdOffset(), header.sourceIdLength()))
                .isEqualTo(HexFormat.of().formatHex(source));
    }

    @Test
    void shouldSayWhenAPacketIsTooShortToUnprotect() {
        PacketHeaderWriter.writeShort(out, ConnectionId.of(new byte[8]), false, 1, 1);

        assertThat(header.parse(buffer, START, 1 + 8 + 4 + 15, 8)).isTrue();
        assertThat(header.hasSample()).isFalse();
        assertThat(header.parse(buffer, START, 1 + 8 + 4 + 16, 8)).isTrue();
        assertThat(header.hasSample()).isTrue();
    }

    @Property(tries = 200)
    void shouldFindTheTokenOfARetry(
            @ForAll("readableVersions") int version,
            @ForAll @Size(min = 1, max = 90) byte[] token) {
        ConnectionId id = ConnectionId.of(new byte[] {1, 2, 3});
        RetryPacket.encode(out, version, id, id, token);
        int tagOffset = out.position();

        int length = tagOffset + RetryPacket.INTEGRITY_TAG_BYTES - START;
        assertThat(header.parse(buffer, START, length, 8)).isTrue();

        assertThat(header.type()).isEqualTo(PacketType.RETRY);
        assertThat(header.tokenLength()).isEqualTo(token.length);
        assertThat(buffer).containsSequence(token);
        assertThat(RetryPacket.integrityTagOffset(header)).isEqualTo(tagOffset);
        assertThat(header.hasSample()).isFalse();
    }

    @Test
    void shouldDropRetryWithoutAToken() {
        RetryPacket.encode(out, Versions.V1, ConnectionId.EMPTY, ConnectionId.EMPTY, new byte[0]);

        int length = out.position() + RetryPacket.INTEGRITY_TAG_BYTES - START;
        assertThat(header.parse(buffer, START, length, 8)).isFalse();
        assertThat(header.parse(buffer, START, length - 1, 8)).isFalse();
    }

    @Test
    void shouldAnswerAnUnknownVersionWithIdsSwapped() {
        byte[] packet = longHeaderWithIdOf21Bytes(0x0a0a0a0a);
        header.parse(packet, 0, packet.length, 8);
        int[] versions = {Versions.V1, Versions.V2};

        VersionNegotiationPacket.encode(out, packet, header, versions);

        assertThat(out.position() - START).isEqualTo(VersionNegotiationPacket.size(header, 2));
        assertThat(buffer[START + 5]).as("destination ID length").isEqualTo((byte) 2);
        assertThat(buffer[START + 8]).as("source ID length").isEqualTo((byte) 21);
    }

    @Test
    void shouldReadOfferedVersions() {
        byte[] packet = longHeaderWithIdOf21Bytes(0x0a0a0a0a);
        packet[5] = 0;
        packet[6] = 0;
        header.parse(packet, 0, packet.length, 8);
        VersionNegotiationPacket.encode(out, packet, header, new int[] {0x1a2a3a4a, Versions.V2});
        int length = out.position() - START;

        assertThat(header.parse(buffer, START, length, 8)).isTrue();

        assertThat(header.type()).isEqualTo(PacketType.VERSION_NEGOTIATION);
        assertThat(VersionNegotiationPacket.versionCount(header)).isEqualTo(2);
        assertThat(VersionNegotiationPacket.version(buffer, header, 0)).isEqualTo(0x1a2a3a4a);
        assertThat(VersionNegotiationPacket.version(buffer, header, 1)).isEqualTo(Versions.V2);
        assertThat(header.parse(buffer, START, length - 1, 8)).isFalse();
        assertThat(header.parse(buffer, START, length - 8, 8)).isFalse();
    }

    @Test
    void shouldRefuseALengthThatDoesNotFitItsField() {
        assertThatThrownBy(() -> PacketHeaderWriter.setLength(buffer, 0, 1 << 14))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 500)
    void shouldStayInsideAnyDatagram(
            @ForAll @Size(max = 100) byte[] datagram,
            @ForAll boolean likelyVersion,
            @ForAll @IntRange(min = -1, max = 20) int idLength) {
        if (likelyVersion && datagram.length > 5) {
            datagram[0] |= (byte) 0xc0;
            System.arraycopy(new byte[] {0, 0, 0, 1}, 0, datagram, 1, 4);
            datagram[5] &= 0x1f;
        }

        if (header.parse(datagram, 0, datagram.length, idLength)) {
            assertThat(header.packetLength()).isBetween(1, datagram.length);
            assertThat(header.destinationIdOffset() + header.destinationIdLength())
                    .isLessThanOrEqualTo(datagram.length);
            assertThat(header.sourceIdOffset() + header.sourceIdLength())
                    .isLessThanOrEqualTo(datagram.length);
            assertThat(header.tokenOffset() + header.tokenLength())
                    .isLessThanOrEqualTo(datagram.length);
            assertThat(header.packetNumberOffset()).isLessThanOrEqualTo(header.packetLength());
        }
    }

    @Provide
    Arbitrary<PacketType> numberedTypes() {
        return Arbitraries.of(PacketType.INITIAL, PacketType.ZERO_RTT, PacketType.HANDSHAKE);
    }

    @Provide
    Arbitrary<Integer> readableVersions() {
        return Arbitraries.of(Versions.V1, Versions.V2);
    }

    private static String id(byte[] bytes, int offset, int length) {
        return HexFormat.of().formatHex(bytes, offset, offset + length);
    }

    private ConnectionId id(int offset, int length) {
        return ConnectionId.of(buffer, offset, length);
    }

    private static byte[] longHeaderWithIdOf21Bytes(int version) {
        ByteWriter packet = new ByteWriter().wrap(new byte[60], 0, 60);
        packet.writeByte(0xc0);
        packet.writeInt(version);
        packet.writeByte(21);
        packet.writeZeros(21);
        packet.writeByte(2);
        packet.writeZeros(2);
        return packet.array();
    }
}
