package dev.tern.quic.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.wire.ConnectionId;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

class EarlyDatagramsTest {
    private static final InetSocketAddress LOCAL = new InetSocketAddress("198.51.100.1", 4433);
    private static final InetSocketAddress REMOTE = new InetSocketAddress("192.0.2.1", 1000);
    private static final long MS = 1_000_000L;
    private static final long START_NS = 1_000 * MS;

    private final EarlyDatagrams early = new EarlyDatagrams();

    private static ConnectionId id(int number) {
        return ConnectionId.of(new byte[] {0, 0, 0, 0, 0, 0, (byte) (number >> 8), (byte) number});
    }

    private void hold(int id, int firstByte, int length, long nowNs) {
        byte[] buffer = new byte[length + 3];
        buffer[3] = (byte) firstByte;
        early.hold(id(id), LOCAL, REMOTE, 2, buffer, 3, length, nowNs);
    }

    private List<Integer> release(int id, long nowNs) {
        List<Integer> firstBytes = new ArrayList<>();
        early.release(
                id(id),
                (local, remote, ecn, datagram) -> {
                    assertThat(local).isEqualTo(LOCAL);
                    assertThat(remote).isEqualTo(REMOTE);
                    assertThat(ecn).isEqualTo(2);
                    firstBytes.add((int) datagram[0]);
                },
                nowNs);
        return firstBytes;
    }

    @Test
    void shouldHandOverWhatIsKeptForAnIdOnceAndInOrder() {
        hold(1, 11, 100, START_NS);
        hold(2, 21, 100, START_NS);
        hold(1, 12, 100, START_NS + MS);

        assertThat(release(1, START_NS + 2 * MS)).containsExactly(11, 12);
        assertThat(release(1, START_NS + 2 * MS)).isEmpty();
        assertThat(release(2, START_NS + 2 * MS)).containsExactly(21);
        assertThat(early.isEmpty()).isTrue();
    }

    @Test
    void shouldForgetWhatNoInitialFollowsWithinItsTime() {
        hold(1, 11, 100, START_NS);
        hold(1, 12, 100, START_NS + 1000 * MS);

        assertThat(release(1, START_NS + 1500 * MS)).containsExactly(12);
    }

    @Test
    void shouldKeepNoMoreThanAnInitialWindowForOneId() {
        for (int i = 0; i < 100; i++) {
            hold(1, i, 100, START_NS);
        }

        assertThat(release(1, START_NS)).hasSize(10);
    }

    @Test
    void shouldKeepLittleInAllHoweverManyIdsAreMadeUp() {
        for (int i = 0; i < 10_000; i++) {
            hold(i, 1, 100, START_NS);
        }

        int kept = 0;
        for (int i = 0; i < 10_000; i++) {
            kept += release(i, START_NS).size();
        }
        assertThat(kept).isEqualTo(64);
    }

    @Test
    void shouldNotKeepADatagramThatNoClientSends() {
        hold(1, 11, 60_000, START_NS);

        assertThat(early.isEmpty()).isTrue();
    }
}
