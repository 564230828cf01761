package dev.tern.quic.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.quic.congestion.CongestionController;
import dev.tern.quic.congestion.Cubic;
import dev.tern.quic.congestion.NewReno;
import dev.tern.quic.congestion.bbr.Bbr;
import dev.tern.quic.recovery.EcnFeedback;
import dev.tern.quic.recovery.SentPacketPool;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.SplittableRandom;

class PathTrafficTest {
    private static final long MS = 1_000_000L;
    private static final long START_NS = 5_000 * MS;
    private static final int SIZE_BYTES = 1200;

    private final SentPacketPool pool = new SentPacketPool();
    private PathTraffic traffic;
    private long nowNs = START_NS;
    private long next;
    private long acked;

    /** RFC 9002 §7.1: a mark is answered as a loss is, once in a round trip. */
    @Test
    void shouldReduceOncePerRoundTripForMarks() {
        traffic = new PathTraffic(new NewReno(SIZE_BYTES), pool, nowNs);
        traffic.enableEcn();
        send(8);
        nowNs += 40 * MS;
        ackTwo(EcnFeedback.Verdict.CONGESTED);
        assertThat(traffic.windowBytes()).isEqualTo((10 + 2) * SIZE_BYTES / 2);
        long reducedBytes = traffic.windowBytes();

        ackTwo(EcnFeedback.Verdict.CONGESTED);
        assertThat(traffic.windowBytes()).isEqualTo(reducedBytes);

        nowNs += MS;
        send(4);
        nowNs += 40 * MS;
        acked += 4;
        ackTwo(EcnFeedback.Verdict.CONGESTED);
        assertThat(traffic.windowBytes()).isLessThan(reducedBytes);
    }

    @ParameterizedTest
    @MethodSource("controllers")
    void shouldAllocateNothingForAPacketInSteadyState(CongestionController controller) {
        traffic = new PathTraffic(controller, pool, nowNs);
        for (int i = 0; i < 5_000; i++) {
            carryOneRound(i);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        // The JVM itself may allocate something once, in the midst of a round.
        long leastBytes = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 500; i++) {
                carryOneRound(i);
            }
            leastBytes = Math.min(leastBytes, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(leastBytes).isZero();
    }

    static List<CongestionController> controllers() {
        return List.of(
                new NewReno(SIZE_BYTES),
                new Cubic(SIZE_BYTES),
                new Bbr(SIZE_BYTES, new SplittableRandom(1)));
    }

    /** Every thirtieth packet or so is lost, and every other loss a mistake. */
    private void carryOneRound(int round) {
        send(6);
        nowNs += 20 * MS;
        acked += round % 5 == 0 ? 1 : 0;
        while (acked + 2 <= next) {
            ackTwo(EcnFeedback.Verdict.NONE);
        }
        if (round % 10 == 0) {
            ack(next - 6, next - 6);
        }
    }

    private void send(int packets) {
        for (int i = 0; i < packets; i++) {
            var packet = pool.take();
            packet.markAckEliciting();
            if (traffic.ecnCodepoint() != 0) {
                packet.markEcn();
            }
            traffic.onPacketSent(EncryptionLevel.ONE_RTT, packet, next++, SIZE_BYTES, false, nowNs);
            traffic.onDatagramSent(1200);
        }
    }

    private void ackTwo(EcnFeedback.Verdict verdict) {
        traffic.loss().onAckRange(EncryptionLevel.ONE_RTT, acked, acked + 1);
        traffic.onEcnFeedback(verdict);
        traffic.loss().onAckEnd(EncryptionLevel.ONE_RTT, acked + 1, 0, true, next, nowNs);
        acked += 2;
    }

    private void ack(long smallest, long largest) {
        traffic.loss().onAckRange(EncryptionLevel.ONE_RTT, smallest, largest);
        traffic.loss().onAckEnd(EncryptionLevel.ONE_RTT, largest, 0, true, next, nowNs);
    }
}
