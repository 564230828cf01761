package dev.tern.quic.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;

@Timeout(20)
class NioUdpTransportTest {
    private static final InetSocketAddress LOOPBACK =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @Test
    void shouldCarryADatagramBetweenSockets() throws IOException {
        try (NioUdpTransport from = NioUdpTransport.open(LOOPBACK, null);
                NioUdpTransport to = NioUdpTransport.open(LOOPBACK, null);
                Sleeper sleeper = to.newSleeper()) {
            to.register(sleeper);
            byte[] bytes = {9, 1, 2, 3};
            AtomicReference<byte[]> received = new AtomicReference<>();
            AtomicReference<InetSocketAddress> source = new AtomicReference<>();

            assertThat(from.send(to.local(), 0, bytes, 1, 3)).isEqualTo(UdpTransport.Sent.DONE);
            sleeper.await(5_000_000_000L);
            int count =
                    to.receive(
                            (transport, remote, ecn, buffer, offset, length) -> {
                                received.set(Arrays.copyOfRange(buffer, offset, offset + length));
                                source.set(remote);
                            },
                            10);

            assertThat(count).isEqualTo(1);
            assertThat(received.get()).containsExactly(1, 2, 3);
            assertThat(source.get()).isEqualTo(from.local());
        }
    }

    @Test
    void shouldReceiveNothingWithoutWaiting() throws IOException {
        try (NioUdpTransport transport = NioUdpTransport.open(LOOPBACK, null)) {
            assertThat(transport.receive((t, remote, ecn, buffer, offset, length) -> {}, 10))
                    .isZero();
        }
    }

    @Test
    void shouldDropWhatCannotBeSentAndKeepTheAddress() throws IOException {
        try (NioUdpTransport transport = NioUdpTransport.open(LOOPBACK, null)) {
            byte[] tooLong = new byte[UdpTransport.MAX_DATAGRAM_BYTES];
            InetSocketAddress unroutable = new InetSocketAddress("192.0.2.1", 9);
            InetSocketAddress otherFamily = new InetSocketAddress("2001:db8::1", 9);

            assertThat(transport.send(transport.local(), 0, tooLong, 0, tooLong.length))
                    .isEqualTo(UdpTransport.Sent.DROPPED);
            assertThat(transport.send(unroutable, 0, new byte[10], 0, 10))
                    .isNotEqualTo(UdpTransport.Sent.GONE);
            assertThat(transport.send(otherFamily, 0, new byte[10], 0, 10))
                    .isEqualTo(UdpTransport.Sent.DROPPED);
        }
    }

    @Test
    void shouldSayGoneOnceClosed() throws IOException {
        NioUdpTransport transport = NioUdpTransport.open(LOOPBACK, null);
        transport.close();

        assertThat(transport.send(LOOPBACK, 0, new byte[10], 0, 10))
                .isEqualTo(UdpTransport.Sent.GONE);
        assertThat(transport.receive((t, remote, ecn, buffer, offset, length) -> {}, 10)).isZero();
    }

    @Test
    void shouldNameTheAddressThatCannotBeBoundTo() {
        assertThatThrownBy(
                        () ->
                                NioUdpTransport.open(
                                        new InetSocketAddress("192.0.2.123", 4433), null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("192.0.2.123:4433");
    }
}
