package dev.tern.quic.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.wire.ByteWriter;

import org.junit.jupiter.api.Test;

/** RFC 9000 §13.2. */
class AckTrackerTest {
    private static final long NOW_NS = 1_000_000_000L;
    private static final long MAX_DELAY_NS = 25_000_000L;
    private static final int CE = 3;

    private final AckTracker acks = new AckTracker(MAX_DELAY_NS, 3);

    @Test
    void shouldWaitAtMostTheDelayForASinglePacket() {
        acks.onReceived(0, true, 0, NOW_NS);

        assertThat(acks.isDue(NOW_NS)).isFalse();
        assertThat(acks.deadlineNs()).isEqualTo(NOW_NS + MAX_DELAY_NS);
        assertThat(acks.isDue(NOW_NS + MAX_DELAY_NS)).isTrue();
    }

    @Test
    void shouldAcknowledgeEverySecondPacketAtOnce() {
        acks.onReceived(0, true, 0, NOW_NS);
        acks.onReceived(1, true, 0, NOW_NS);
        assertThat(acks.isDue(NOW_NS)).isTrue();
        write();
        acks.onReceived(2, true, 0, NOW_NS);
        assertThat(acks.isDue(NOW_NS)).isFalse();
    }

    @Test
    void shouldNotAcknowledgeAcks() {
        acks.onReceived(0, false, 0, NOW_NS);
        acks.onReceived(1, false, 0, NOW_NS);
        assertThat(acks.isDue(NOW_NS + MAX_DELAY_NS)).isFalse();
        assertThat(acks.hasNews()).isFalse();
    }

    @Test
    void shouldAcknowledgeAtOnceWhatOpensAGap() {
        acks.onReceived(0, true, 0, NOW_NS);
        write();
        acks.onReceived(2, true, 0, NOW_NS);
        assertThat(acks.isDue(NOW_NS)).isTrue();
    }

    @Test
    void shouldAcknowledgeAtOnceWhatComesLate() {
        acks.onReceived(0, true, 0, NOW_NS);
        acks.onReceived(2, true, 0, NOW_NS);
        write();
        acks.onReceived(1, true, 0, NOW_NS);
        assertThat(acks.isDue(NOW_NS)).isTrue();
    }

    @Test
    void shouldAcknowledgeAtOnceWhatIsMarkedCongested() {
        acks.onReceived(0, true, CE, NOW_NS);
        assertThat(acks.isDue(NOW_NS)).isTrue();
    }

    @Test
    void shouldReportMarksOnlyOnceThereAreAny() {
        acks.onReceived(0, true, 0, NOW_NS);
        assertThat(write().array()[0]).isEqualTo((byte) 0x02);
        acks.onReceived(1, true, 2, NOW_NS);
        ByteWriter out = write();
        assertThat(out.array()[0]).isEqualTo((byte) 0x03);
        assertThat(out.array()[out.position() - 3]).isEqualTo((byte) 1);
    }

    @Test
    void shouldAcknowledgeAsSeldomAsThePeerAsks() {
        acks.onFrequencyRequest(0, 9, 50_000_000L, 1);
        for (int i = 0; i < 9; i++) {
            acks.onReceived(i, true, 0, NOW_NS);
            assertThat(acks.isDue(NOW_NS)).isFalse();
        }
        assertThat(acks.deadlineNs()).isEqualTo(NOW_NS + 50_000_000L);
        acks.onReceived(9, true, 0, NOW_NS);
        assertThat(acks.isDue(NOW_NS)).isTrue();
    }

    @Test
    void shouldObeyTheNewestRequestOnly() {
        acks.onFrequencyRequest(1, 0, MAX_DELAY_NS, 1);
        acks.onFrequencyRequest(0, 100, MAX_DELAY_NS, 1);
        acks.onReceived(0, true, 0, NOW_NS);
        assertThat(acks.isDue(NOW_NS)).isTrue();
    }

    @Test
    void shouldTellOfAGapOnceItIsAsOldAsThePeerAsks() {
        acks.onFrequencyRequest(0, 100, MAX_DELAY_NS, 3);
        acks.onReceived(0, true, 0, NOW_NS);
        acks.onReceived(2, true, 0, NOW_NS);
        acks.onReceived(3, true, 0, NOW_NS);
        assertThat(acks.isDue(NOW_NS)).isFalse();
        acks.onReceived(4, true, 0, NOW_NS);
        assertThat(acks.isDue(NOW_NS)).isTrue();
        write();
        acks.onReceived(5, true, 0, NOW_NS);
        assertThat(acks.isDue(NOW_NS)).as("told of already").isFalse();
    }

    @Test
    void shouldNotTellOfReorderingWhereThePeerDoesNotCare() {
        acks.onFrequencyRequest(0, 100, MAX_DELAY_NS, 0);
        acks.onReceived(0, true, 0, NOW_NS);
        acks.onReceived(50, true, 0, NOW_NS);
        acks.onReceived(7, true, 0, NOW_NS);
        assertThat(acks.isDue(NOW_NS)).isFalse();
    }

    @Test
    void shouldAcknowledgeAtOnceWhenTheFirstPacketOfAllAsksForIt() {
        acks.acknowledgeNow();
        assertThat(acks.isDue(NOW_NS)).as("nothing was received yet").isFalse();
        acks.onReceived(0, true, 0, NOW_NS);
        assertThat(acks.isDue(NOW_NS)).isTrue();
    }

    private ByteWriter write() {
        ByteWriter out = new ByteWriter().wrap(new byte[64], 0, 64);
        SentPacket packet = new SentPacket();
        packet.clear();
        assertThat(acks.write(out, packet, NOW_NS)).isTrue();
        return out;
    }
}
