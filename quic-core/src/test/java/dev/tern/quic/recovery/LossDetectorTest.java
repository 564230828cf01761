package dev.tern.quic.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.crypto.EncryptionLevel;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** RFC 9002 §6 and §7.6. */
class LossDetectorTest {
    private static final long MS = 1_000_000L;
    private static final long START_NS = 5_000 * MS;
    private static final int SIZE_BYTES = 1200;

    private final Listener listener = new Listener();
    private final RttEstimator rtt = new RttEstimator();
    private final LossDetector loss = new LossDetector(rtt, listener, new SentPacketPool());
    private long nowNs = START_NS;
    private long next;

    /** Reduces once for all packets sent before the last reduction. */
    private static final class Listener implements LossListener {
        private final List<Long> lost = new ArrayList<>();
        private int reductions;
        private int undone;
        private boolean persistent;
        private long reducedNs;

        @Override
        public void onRttSample(long packetNumber, long nextPacketNumber, long atNs) {}

        @Override
        public void onAcked(SentPacket packet, long atNs) {}

        @Override
        public void onPacketLost(EncryptionLevel level, SentPacket packet, long atNs) {
            lost.add(packet.packetNumber());
        }

        @Override
        public boolean onLost(long sentTimeNs, boolean persistentCongestion, long atNs) {
            persistent |= persistentCongestion;
            if (reductions > 0 && sentTimeNs <= reducedNs) {
                return false;
            }
            reductions++;
            reducedNs = atNs;
            return true;
        }

        @Override
        public void onSpuriousLoss() {
            undone++;
        }

        @Override
        public void onAckEnd(long atNs) {}
    }

    @Test
    void shouldDeclareLostWhatThreeLaterPacketsOvertook() {
        send(4);
        ack(1, 2);
        assertThat(listener.lost).isEmpty();
        ack(3, 3);
        assertThat(listener.lost).containsExactly(0L);
    }

    @Test
    void shouldDeclareLostWhatIsLateByAnEighthOfTheRoundTrip() {
        send(2);
        nowNs += 40 * MS;
        ack(1, 1);
        assertThat(listener.lost).isEmpty();
        assertThat(loss.deadlineNs(true)).isEqualTo(START_NS + 45 * MS);
        loss.onTimeout(true, START_NS + 45 * MS);
        assertThat(listener.lost).containsExactly(0L);
    }

    @Test
    void shouldTakeTheReductionBackWhenAllLostPacketsArrive() {
        send(10);
        ack(5, 9);
        assertThat(listener.lost).hasSize(5);
        ack(0, 3);
        assertThat(listener.undone).isZero();
        ack(4, 4);
        assertThat(listener.undone).isEqualTo(1);
    }

    @Test
    void shouldJudgeOnlyTheLossesOfTheLastReduction() {
        send(4);
        ack(1, 3); // 0 is lost for good
        nowNs += 100 * MS;
        send(4);
        ack(5, 7);
        assertThat(listener.reductions).isEqualTo(2);
        ack(4, 4);
        assertThat(listener.undone).isEqualTo(1);
    }

    @Test
    void shouldNotTakeBackAReductionForMarksByLateOnesBeforeIt() {
        send(4);
        ack(1, 3);
        loss.onReduction();
        ack(0, 0);
        assertThat(listener.undone).isZero();
    }

    @Test
    void shouldAllowMoreReorderingOnceItHasBeenSeen() {
        send(6);
        ack(1, 5);
        assertThat(listener.lost).containsExactly(0L);
        ack(0, 0);
        nowNs += 100 * MS;
        send(6);
        ack(7, 9);
        assertThat(listener.lost).as("overtaken by three").containsExactly(0L);
        ack(10, 11);
    }

    @Test
    void shouldTellOfPersistentCongestionWhenLossesReachOverThreeProbeTimeouts() {
        sampleRtt();
        long first = next;
        send(1);
        nowNs += 3 * rtt.ptoNs(0) + MS;
        send(1);
        nowNs += 20 * MS;
        send(1);
        nowNs += 40 * MS;
        ack(first + 2, first + 2);
        assertThat(listener.lost).hasSize(2);
        assertThat(listener.persistent).isTrue();
    }

    @Test
    void shouldNotTellOfPersistentCongestionWhereAPacketBetweenArrived() {
        sampleRtt();
        long first = next;
        send(1);
        nowNs += 2 * rtt.ptoNs(0);
        send(1);
        nowNs += 2 * rtt.ptoNs(0);
        send(2);
        nowNs += 40 * MS;
        ack(first + 1, first + 1);
        ack(first + 3, first + 3);
        loss.onTimeout(true, loss.deadlineNs(true));
        assertThat(listener.persistent).isFalse();
    }

    @Test
    void shouldNotReduceForALostMtuProbe() {
        SentPacket probe = packet();
        probe.markMtuProbe();
        loss.onPacketSent(EncryptionLevel.ONE_RTT, probe, next++, 1452, false, nowNs);
        assertThat(loss.hasAckElicitingInFlight()).isFalse();
        assertThat(loss.bytesInFlight()).isEqualTo(1452);

        send(3);
        ack(1, 3);

        assertThat(loss.bytesInFlight()).isZero();
        assertThat(listener.reductions).isZero();
        assertThat(listener.lost).isEmpty();
    }

    @Test
    void shouldResendTheOldestFramesThoughProbesWithoutAnyCameBefore() {
        List<Long> resent = new ArrayList<>();
        send(2); // no more than a PING each
        SentPacket withFrame = new SentPacket();
        withFrame.addFrame(
                new FrameOwner() {
                    @Override
                    public void onFrameAcked(long first, long second) {}

                    @Override
                    public void onFrameLost(long first, long second) {
                        resent.add(first);
                    }
                },
                7,
                0);
        loss.onPacketSent(EncryptionLevel.ONE_RTT, withFrame, next++, SIZE_BYTES, false, nowNs);

        loss.resendOldest(EncryptionLevel.ONE_RTT, 2);

        assertThat(resent).containsExactly(7L);
    }

    // ---- probes of the path: RFC 9000 §9.4

    private void sendPathProbe() {
        SentPacket probe = new SentPacket();
        probe.markPathProbe();
        loss.onPacketSent(EncryptionLevel.ONE_RTT, probe, next++, SIZE_BYTES, true, nowNs);
    }

    @Test
    void shouldCountAProbeOfThePathAsInFlightUntilItIsAcknowledged() {
        sendPathProbe();
        assertThat(loss.bytesInFlight()).isEqualTo(SIZE_BYTES);

        nowNs += 40 * MS;
        ack(0, 0);

        assertThat(loss.bytesInFlight()).isZero();
        assertThat(rtt.latestNs()).isEqualTo(40 * MS);
    }

    @Test
    void shouldNotTakeTheLossOfAProbeOfThePathForCongestion() {
        sendPathProbe();
        send(3);
        nowNs += 40 * MS;

        ack(1, 3);

        assertThat(loss.bytesInFlight()).isZero();
        assertThat(listener.lost).isEmpty();
        assertThat(listener.reductions).isZero();
    }

    @Test
    void shouldNotWaitForeverForAProbeOfThePathThatNothingFollows() {
        sampleRtt();
        sendPathProbe();
        long sentNs = nowNs;
        nowNs = loss.deadlineNs(true);
        assertThat(nowNs).isEqualTo(sentNs + rtt.ptoNs(0));

        EncryptionLevel probing = loss.onTimeout(true, nowNs);

        assertThat(probing).isNull(); // validation has a schedule of its own
        assertThat(loss.bytesInFlight()).isZero();
        assertThat(loss.deadlineNs(true)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldTreatAProbeThatCarriesMoreAsAnyOtherPacket() {
        SentPacket both = packet();
        both.markPathProbe();
        loss.onPacketSent(EncryptionLevel.ONE_RTT, both, next++, SIZE_BYTES, false, nowNs);
        send(3);
        nowNs += 40 * MS;

        ack(1, 3);

        assertThat(listener.lost).containsExactly(0L);
    }

    private void sampleRtt() {
        send(1);
        nowNs += 40 * MS;
        ack(next - 1, next - 1);
    }

    private void send(int packets) {
        for (int i = 0; i < packets; i++) {
            loss.onPacketSent(EncryptionLevel.ONE_RTT, packet(), next++, SIZE_BYTES, false, nowNs);
        }
    }

    private static SentPacket packet() {
        SentPacket packet = new SentPacket();
        packet.clear();
        packet.markAckEliciting();
        return packet;
    }

    private void ack(long smallest, long largest) {
        loss.onAckRange(EncryptionLevel.ONE_RTT, smallest, largest);
        loss.onAckEnd(EncryptionLevel.ONE_RTT, largest, 0, true, next, nowNs);
    }
}
