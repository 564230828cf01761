package dev.tern.quic.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.recovery.EcnFeedback.Verdict;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 9000 §13.4.2.1. */
class EcnFeedbackTest {
    private static final long NO_COUNT = -1;

    private final EcnFeedback feedback = new EcnFeedback();

    @BeforeEach
    void sendTenMarkedPackets() {
        for (int i = 0; i < 10; i++) {
            feedback.onMarkedSent();
        }
    }

    @Test
    void shouldBelieveCountsThatCoverWhatIsAcknowledged() {
        assertThat(feedback.onAck(3, 4, 0, 0, 4)).isEqualTo(Verdict.VALID);
        assertThat(feedback.onAck(5, 6, 0, 0, 2)).isEqualTo(Verdict.VALID);
    }

    @Test
    void shouldAllowMoreThanIsAcknowledgedForAcksGetLost() {
        assertThat(feedback.onAck(9, 10, 0, 0, 1)).isEqualTo(Verdict.VALID);
    }

    @Test
    void shouldFailWhenCountsAreMissing() {
        assertThat(feedback.onAck(3, NO_COUNT, NO_COUNT, NO_COUNT, 1)).isEqualTo(Verdict.INVALID);
        assertThat(feedback.onAck(4, NO_COUNT, NO_COUNT, NO_COUNT, 0)).isEqualTo(Verdict.NONE);
    }

    @Test
    void shouldFailWhenMarksWereRemoved() {
        assertThat(feedback.onAck(3, 2, 0, 1, 4)).isEqualTo(Verdict.INVALID);
    }

    @Test
    void shouldFailWhenMarksWereChangedToOnesNeverSent() {
        assertThat(feedback.onAck(3, 3, 1, 0, 3)).isEqualTo(Verdict.INVALID);
    }

    @Test
    void shouldFailWhenMoreIsCountedThanWasSent() {
        assertThat(feedback.onAck(9, 9, 0, 2, 10)).isEqualTo(Verdict.INVALID);
        assertThat(feedback.onAck(10, 1L << 61, 0, 1L << 61, 0)).isEqualTo(Verdict.INVALID);
    }

    @Test
    void shouldFailWhenCountsFall() {
        feedback.onAck(3, 4, 0, 0, 4);
        assertThat(feedback.onAck(4, 3, 0, 1, 0)).isEqualTo(Verdict.INVALID);
    }

    @Test
    void shouldNotFailOnReorderedAcks() {
        feedback.onAck(3, 4, 0, 0, 4);
        assertThat(feedback.onAck(2, 3, 0, 0, 0)).isEqualTo(Verdict.NONE);
    }

    @Test
    void shouldTellOfCongestionOnceForEachMark() {
        assertThat(feedback.onAck(3, 3, 0, 1, 4)).isEqualTo(Verdict.CONGESTED);
        assertThat(feedback.onAck(4, 4, 0, 1, 1)).isEqualTo(Verdict.VALID);
    }
}
