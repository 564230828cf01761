package dev.tern.perf.interop.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

class PortsTest {
    private static final int TIMEOUT_S = 20;

    @Test
    void shouldGiveNoPortTwice() throws IOException {
        Set<Integer> given = new HashSet<>();

        for (int i = 0; i < 100; i++) {
            assertThat(given.add(Ports.free())).isTrue();
        }
    }

    @Test
    void shouldGivePortsThatNothingIsBoundTo() throws IOException {
        try (DatagramSocket socket = bound(Ports.free())) {
            assertThat(socket.isBound()).isTrue();
        }
    }

    @Test
    void shouldSeeThatAProgramIsBoundToIt() throws IOException {
        int port = Ports.free();
        try (DatagramSocket program = bound(port)) {
            assertThat(Ports.awaitTaken(port, TIMEOUT_S, program::isBound)).isTrue();
        }
    }

    @Test
    void shouldWaitUntilAProgramIsBoundToIt() throws IOException {
        int port = Ports.free();
        AtomicInteger looks = new AtomicInteger();
        DatagramSocket[] program = new DatagramSocket[1];

        boolean taken =
                Ports.awaitTaken(
                        port,
                        TIMEOUT_S,
                        () -> {
                            if (looks.incrementAndGet() == 3) {
                                program[0] = bound(port);
                            }
                            return true;
                        });

        program[0].close();
        assertThat(taken).isTrue();
        assertThat(looks).hasValue(3);
    }

    @Test
    void shouldNotWaitForAProgramThatHasEnded() throws IOException {
        assertThat(Ports.awaitTaken(Ports.free(), TIMEOUT_S, () -> false)).isFalse();
    }

    private static DatagramSocket bound(int port) {
        try {
            return new DatagramSocket(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
