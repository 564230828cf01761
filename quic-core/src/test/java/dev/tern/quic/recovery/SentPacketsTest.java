package dev.tern.quic.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentPacketsTest {
    private final SentPacketPool pool = new SentPacketPool();
    private final SentPackets sent = new SentPackets();
    private final SentPackets lost = new SentPackets();

    private SentPacket add(long packetNumber) {
        SentPacket packet = pool.take();
        packet.packetNumber = packetNumber;
        packet.sentTimeNs = packetNumber;
        sent.add(packet);
        return packet;
    }

    @Test
    void shouldNotKeepWhatIsAcknowledgedForTheSakeOfALostPacketBeforeIt() {
        add(0).declaredLost = true;
        for (int i = 1; i < 1000; i++) {
            add(i).acked = true;
        }
        SentPacket open = add(1000);

        sent.releaseSettled(lost, pool);

        assertThat(sent.size()).isEqualTo(1);
        assertThat(sent.at(0)).isSameAs(open);
        assertThat(lost.size()).isEqualTo(1);
    }

    @Test
    void shouldForgetALostPacketWhenItsTimeHasCome() {
        add(3).declaredLost = true;
        sent.releaseSettled(lost, pool);

        lost.releaseOldest(3, pool);
        assertThat(lost.size()).isEqualTo(1);
        lost.releaseOldest(4, pool);

        assertThat(lost.size()).isZero();
    }

    @Test
    void shouldFindPacketsByNumberAcrossHoles() {
        add(5);
        add(9);
        add(12);

        assertThat(sent.indexOfAtLeast(0)).isZero();
        assertThat(sent.indexOfAtLeast(6)).isEqualTo(1);
        assertThat(sent.indexOfAtLeast(12)).isEqualTo(2);
        assertThat(sent.indexOfAtLeast(13)).isEqualTo(3);
    }
}
