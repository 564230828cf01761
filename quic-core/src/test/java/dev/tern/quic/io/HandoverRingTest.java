package dev.tern.quic.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

@Timeout(20)
class HandoverRingTest {
    private static final InetSocketAddress LOCAL = new InetSocketAddress("192.0.2.1", 1);
    private static final InetSocketAddress REMOTE = new InetSocketAddress("192.0.2.2", 2);

    private final HandoverRing ring = new HandoverRing(4);
    private final List<byte[]> taken = new ArrayList<>();

    private boolean offer(byte... bytes) {
        return ring.offer(LOCAL, REMOTE, 2, bytes, 0, bytes.length);
    }

    private int drain(int limit) {
        return ring.drain(
                (local, remote, ecn, buffer, length) -> {
                    assertThat(local).isSameAs(LOCAL);
                    assertThat(remote).isSameAs(REMOTE);
                    assertThat(ecn).isEqualTo(2);
                    taken.add(Arrays.copyOf(buffer, length));
                },
                limit);
    }

    @Test
    void shouldGiveOutWhatItWasGivenInOrder() {
        assertThat(ring.isEmpty()).isTrue();
        ring.offer(LOCAL, REMOTE, 2, new byte[] {9, 1, 2, 9}, 1, 2);
        offer((byte) 3);
        assertThat(ring.isEmpty()).isFalse();

        assertThat(drain(10)).isEqualTo(2);

        assertThat(taken).containsExactly(new byte[] {1, 2}, new byte[] {3});
        assertThat(ring.isEmpty()).isTrue();
    }

    @Test
    void shouldRefuseWhatItHasNoRoomForUntilSomethingIsTakenOut() {
        for (int lap = 0; lap < 3; lap++) {
            for (int i = 0; i < 4; i++) {
                assertThat(offer((byte) i)).isTrue();
            }
            assertThat(offer((byte) 4)).isFalse();

            assertThat(drain(1)).isOne();
            assertThat(offer((byte) 5)).isTrue();
            assertThat(drain(10)).isEqualTo(4);
        }
    }

    @Test
    void shouldCarryTheLongestDatagram() {
        byte[] longest = new byte[UdpTransport.MAX_DATAGRAM_BYTES];
        longest[longest.length - 1] = 7;
        offer(longest);
        offer((byte) 1);

        drain(2);

        assertThat(taken.getFirst()).isEqualTo(longest);
        assertThat(taken.getLast()).containsExactly(1);
    }

    @Test
    void shouldLoseNothingThatItTookFromManyThreads() throws InterruptedException {
        int each = 5_000;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int number = i;
            threads.add(Thread.ofPlatform().start(() -> offerAll(number, each)));
        }

        int[] next = new int[3];
        int count = 0;
        while (count < 3 * each) {
            int drained =
                    ring.drain(
                            (local, remote, ecn, buffer, length) -> {
                                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, length);
                                assertThat(bytes.getInt()).isEqualTo(next[bytes.getInt()]++);
                            },
                            64);
            count += drained;
            if (drained == 0) {
                Thread.yield();
            }
        }

        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(ring.isEmpty()).isTrue();
    }

    private void offerAll(int number, int count) {
        for (int i = 0; i < count; i++) {
            byte[] bytes = ByteBuffer.allocate(8).putInt(i).putInt(number).array();
            while (!ring.offer(LOCAL, REMOTE, 2, bytes, 0, bytes.length)) {
                Thread.yield();
            }
        }
    }
}
