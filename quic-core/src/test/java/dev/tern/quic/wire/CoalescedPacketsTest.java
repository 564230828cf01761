package dev.tern.quic.wire;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

class CoalescedPacketsTest {
    private static final ConnectionId OURS =
            ConnectionId.of(HexFormat.of().parseHex("e7010203040506ff"));
    private static final ConnectionId OTHER =
            ConnectionId.of(HexFormat.of().parseHex("e70102030405fe00"));
    private static final ConnectionId SOURCE = ConnectionId.of(new byte[] {9, 9});
    private static final byte[] NO_TOKEN = new byte[0];
    private static final int START = 5;

    private final byte[] datagram = new byte[1500];
    private final ByteWriter out = new ByteWriter().wrap(datagram, START, datagram.length - START);
    private final CoalescedPackets packets = new CoalescedPackets();

    @Test
    void shouldWalkAHandshakesFlightInOrder() {
        writeLong(PacketType.INITIAL, Versions.V1, OURS, 100);
        writeLong(PacketType.HANDSHAKE, Versions.V1, OURS, 200);
        writeShort(OURS, 40);

        assertThat(walk())
                .containsExactly(PacketType.INITIAL, PacketType.HANDSHAKE, PacketType.ONE_RTT);
    }

    @Test
    void shouldWalkPacketsOfBothVersions() {
        writeLong(PacketType.INITIAL, Versions.V1, OURS, 30);
        writeLong(PacketType.INITIAL, Versions.V2, OURS, 30);
        writeLong(PacketType.ZERO_RTT, Versions.V2, OURS, 30);
        writeLong(PacketType.HANDSHAKE, Versions.V2, OURS, 30);

        assertThat(walk())
                .containsExactly(
                        PacketType.INITIAL,
                        PacketType.INITIAL,
                        PacketType.ZERO_RTT,
                        PacketType.HANDSHAKE);
    }

    @Test
    void shouldPassOverPacketsToAnotherConnection() {
        writeLong(PacketType.INITIAL, Versions.V1, OURS, 50);
        writeLong(PacketType.HANDSHAKE, Versions.V1, OTHER, 50);
        writeLong(PacketType.HANDSHAKE, Versions.V1, OURS, 50);
        writeShort(OTHER, 40);

        assertThat(walk()).containsExactly(PacketType.INITIAL, PacketType.HANDSHAKE);
    }

    @Test
    void shouldEndWhereTheRestIsNoPacket() {
        writeLong(PacketType.INITIAL, Versions.V1, OURS, 50);
        out.writeZeros(30); // no fixed bit: what some stacks pad datagrams with
        writeLong(PacketType.HANDSHAKE, Versions.V1, OURS, 50);

        assertThat(walk()).containsExactly(PacketType.INITIAL);
        assertThat(packets.next()).isFalse();
    }

    @Test
    void shouldTakeAllThatFollowsForAnUnknownVersion() {
        writeLong(PacketType.INITIAL, 0x0a0a0a0a, OURS, 50);
        writeLong(PacketType.HANDSHAKE, Versions.V1, OURS, 50);

        assertThat(walk()).containsExactly((PacketType) null);
        assertThat(packets.header().version()).isEqualTo(0x0a0a0a0a);
    }

    @Test
    void shouldFindNothingInAnEmptyDatagram() {
        assertThat(walk()).isEmpty();
        assertThat(new CoalescedPackets().next()).isFalse();
    }

    @Property(tries = 500)
    void shouldMakeProgressInAnyBytes(@ForAll @Size(max = 200) byte[] bytes) {
        assertProgress(bytes);
    }

    @Property(tries = 500)
    void shouldMakeProgressInSpoiledDatagrams(@ForAll Random random) {
        out.wrap(datagram, START, datagram.length - START);
        writeLong(PacketType.INITIAL, Versions.V1, OURS, 60);
        writeLong(PacketType.HANDSHAKE, Versions.V2, OURS, 30);
        writeShort(OURS, 40);

        assertProgress(Mutation.of(Arrays.copyOfRange(datagram, START, out.position()), random));
    }

    private void assertProgress(byte[] bytes) {
        packets.wrap(bytes, 0, bytes.length, PacketHeader.SELF_DESCRIBED);
        int behind = 0;
        while (packets.next()) {
            PacketHeader header = packets.header();
            assertThat(header.packetOffset()).isGreaterThanOrEqualTo(behind);
            assertThat(header.packetLength()).isPositive();
            behind = header.packetOffset() + header.packetLength();
            assertThat(behind).isLessThanOrEqualTo(bytes.length);
        }
    }

    private List<PacketType> walk() {
        packets.wrap(datagram, START, out.position() - START, PacketHeader.SELF_DESCRIBED);
        List<PacketType> types = new ArrayList<>();
        while (packets.next()) {
            types.add(packets.header().type());
        }
        return types;
    }

    private void writeLong(PacketType type, int version, ConnectionId destination, int payload) {
        int lengthOffset =
                PacketHeaderWriter.writeLong(
                        out, type, version, destination, SOURCE, NO_TOKEN, 1, 2);
        PacketHeaderWriter.setLength(datagram, lengthOffset, 2 + payload);
        out.writeZeros(payload);
    }

    private void writeShort(ConnectionId destination, int payload) {
        PacketHeaderWriter.writeShort(out, destination, false, 1, 2);
        out.writeZeros(payload);
    }
}
