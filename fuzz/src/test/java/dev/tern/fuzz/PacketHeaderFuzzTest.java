package dev.tern.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import dev.tern.quic.wire.CoalescedPackets;
import dev.tern.quic.wire.PacketHeader;
import dev.tern.quic.wire.PacketType;
import dev.tern.quic.wire.RetryPacket;
import dev.tern.quic.wire.VersionNegotiationPacket;

/** A datagram with any number of packets. */
class PacketHeaderFuzzTest {
    private final CoalescedPackets packets = new CoalescedPackets();

    @FuzzTest
    void shouldStayInsideTheDatagram(byte[] datagram) {
        packets.wrap(datagram, 0, datagram.length, PacketHeader.SELF_DESCRIBED);
        int behind = 0;
        while (packets.next()) {
            PacketHeader header = packets.header();
            assertThat(header.packetOffset()).isGreaterThanOrEqualTo(behind);
            assertThat(header.packetLength()).isPositive();
            behind = header.packetOffset() + header.packetLength();
            assertThat(behind).isLessThanOrEqualTo(datagram.length);
            assertInside(header, header.destinationIdOffset(), header.destinationIdLength());
            assertInside(header, header.sourceIdOffset(), header.sourceIdLength());
            assertInside(header, header.tokenOffset(), header.tokenLength());
            if (header.hasSample()) {
                assertInside(header, header.packetNumberOffset(), 4 + 16);
            }
            if (header.type() == PacketType.RETRY) {
                assertThat(RetryPacket.integrityTagOffset(header))
                        .isEqualTo(behind - RetryPacket.INTEGRITY_TAG_BYTES);
            } else if (header.type() == PacketType.VERSION_NEGOTIATION) {
                int last = VersionNegotiationPacket.versionCount(header) - 1;
                VersionNegotiationPacket.version(datagram, header, last);
            }
        }
    }

    private static void assertInside(PacketHeader header, int offset, int length) {
        int packetEnd = header.packetOffset() + header.packetLength();
        assertThat(length).isNotNegative();
        assertThat(offset + length).isLessThanOrEqualTo(packetEnd);
    }
}
