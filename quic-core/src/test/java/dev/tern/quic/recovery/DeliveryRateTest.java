package dev.tern.quic.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** draft-ietf-ccwg-bbr, "Delivery Rate Samples". */
class DeliveryRateTest {
    private static final long MS = 1_000_000L;
    private static final long START_NS = 5_000 * MS;

    private final DeliveryRate rate = new DeliveryRate();
    private long sequence;

    @Test
    void shouldMeasureWhatIsDeliveredInARoundTrip() {
        SentPacket[] packets = new SentPacket[10];
        for (int i = 0; i < 10; i++) {
            packets[i] = send(i * 1200L, START_NS + i * MS);
        }
        RateSample sample = null;
        for (int i = 0; i < 10; i++) {
            rate.begin();
            rate.onAcked(packets[i], START_NS + 40 * MS + 2L * i * MS);
            sample = rate.onAckEnd(0);
        }
        assertThat(sample.deliveredBytes()).isEqualTo(12_000);
        assertThat(sample.bytesPerNs()).isCloseTo(12_000 / 58e6, within(1e-6));
    }

    @Test
    void shouldNotBelieveAcksThatComeFasterThanARoundTrip() {
        SentPacket packet = send(0, START_NS);
        rate.onAcked(packet, START_NS + MS);
        assertThat(rate.onAckEnd(40 * MS).bytesPerNs()).isZero();
    }

    @Test
    void shouldSayWhenTheApplicationSetTheRate() {
        rate.onApplicationLimited(0);
        SentPacket limited = send(0, START_NS);
        rate.onAcked(limited, START_NS + 40 * MS);
        assertThat(rate.onAckEnd(0).applicationLimited()).isTrue();

        rate.begin();
        SentPacket free = send(0, START_NS + 40 * MS);
        rate.onAcked(free, START_NS + 80 * MS);
        assertThat(rate.onAckEnd(0).applicationLimited()).isFalse();
    }

    @Test
    void shouldCountWhatWasLostMeanwhile() {
        SentPacket lost = send(0, START_NS);
        SentPacket acked = send(1200, START_NS + MS);
        rate.onAcked(acked, START_NS + 40 * MS);
        rate.onLost(lost);
        RateSample sample = rate.onAckEnd(0);
        assertThat(sample.lostBytes()).isEqualTo(1200);
        assertThat(sample.newlyLostBytes()).isEqualTo(1200);
        assertThat(sample.inFlightWhenSentBytes()).isEqualTo(2400);
    }

    private SentPacket send(long inFlightBytes, long nowNs) {
        SentPacket packet = new SentPacket();
        packet.clear();
        packet.sizeBytes = 1200;
        packet.sentTimeNs = nowNs;
        packet.pathSequence = sequence++;
        rate.onSent(packet, inFlightBytes, nowNs);
        return packet;
    }
}
