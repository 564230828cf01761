package dev.tern.quic.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.recovery.SentPacket;
import dev.tern.quic.wire.ByteWriter;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 8899, RFC 9000 §14.3. */
class MtuDiscoveryTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int LIMIT_BYTES = 1452;

    private MtuDiscovery mtu;
    private long nowNs = SECOND;
    private int probes;

    @BeforeEach
    void begin() {
        mtu = new MtuDiscovery();
        mtu.limit(LIMIT_BYTES);
    }

    @Test
    void shouldTryTheLargestFirst() {
        search(LIMIT_BYTES);
        assertThat(mtu.datagramBytes()).isEqualTo(LIMIT_BYTES);
        assertThat(probes).isEqualTo(1);
    }

    @Property(tries = 100)
    void shouldComeCloseToWhatThePathCarries(
            @ForAll @IntRange(min = 1200, max = 1500) int carried) {
        begin();
        search(carried);
        assertThat(mtu.datagramBytes())
                .isBetween(Math.max(1200, Math.min(carried, LIMIT_BYTES) - 15), carried);
    }

    @Test
    void shouldNotTakeOneLostProbeForAnAnswer() {
        SentPacket first = probe();
        first.notifyLost();
        SentPacket second = probe();
        second.notifyLost();
        probe().notifyAcked();
        assertThat(mtu.datagramBytes()).isEqualTo(LIMIT_BYTES);
    }

    @Test
    void shouldSendOneProbeAtATime() {
        probe();
        assertThat(mtu.probeBytes(nowNs)).isZero();
    }

    @Test
    void shouldSearchNotAtAllWhereThePeerWantsNoMore() {
        mtu.limit(1200);
        assertThat(mtu.probeBytes(nowNs)).isZero();
    }

    @Test
    void shouldSearchAgainAfterTenMinutes() {
        search(1300);
        assertThat(mtu.probeBytes(nowNs + 599 * SECOND)).isZero();
        nowNs += 601 * SECOND;
        search(LIMIT_BYTES);
        assertThat(mtu.datagramBytes()).isEqualTo(LIMIT_BYTES);
    }

    @Test
    void shouldFallBackWhenLargePacketsVanish() {
        search(LIMIT_BYTES);
        mtu.onAcked(LIMIT_BYTES, 10);

        assertThat(mtu.onLost(LIMIT_BYTES, 11, nowNs)).isFalse();
        assertThat(mtu.onLost(LIMIT_BYTES, 12, nowNs)).isFalse();
        assertThat(mtu.onLost(LIMIT_BYTES, 13, nowNs)).isTrue();

        assertThat(mtu.datagramBytes()).isEqualTo(1200);
        search(1300);
        assertThat(mtu.datagramBytes()).isBetween(1285, 1300);
    }

    @Test
    void shouldNotFallBackWhenLargePacketsArriveAfterThoseLost() {
        search(LIMIT_BYTES);
        mtu.onAcked(LIMIT_BYTES, 100);
        for (int sequence = 0; sequence < 100; sequence++) {
            assertThat(mtu.onLost(LIMIT_BYTES, sequence, nowNs)).isFalse();
        }
        assertThat(mtu.datagramBytes()).isEqualTo(LIMIT_BYTES);
    }

    @Test
    void shouldNotFallBackWhenSmallPacketsAreLost() {
        search(LIMIT_BYTES);
        for (int sequence = 0; sequence < 100; sequence++) {
            assertThat(mtu.onLost(1200, sequence, nowNs)).isFalse();
        }
    }

    private void search(int carriedBytes) {
        probes = 0;
        int bytes;
        while ((bytes = mtu.probeBytes(nowNs)) > 0) {
            SentPacket packet = probe();
            if (bytes <= carriedBytes) {
                packet.notifyAcked();
            } else {
                packet.notifyLost();
            }
            assertThat(++probes).isLessThan(40);
        }
    }

    private SentPacket probe() {
        SentPacket packet = new SentPacket();
        packet.clear();
        mtu.write(new ByteWriter().wrap(new byte[16], 0, 16), packet, nowNs + SECOND, nowNs);
        return packet;
    }
}
