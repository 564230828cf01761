package dev.tern.quic.io.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tern.quic.io.Sleeper;
import dev.tern.quic.io.UdpTransport;
import dev.tern.quic.io.UdpTransportContract;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.List;

@EnabledOnOs(OS.LINUX)
class LinuxUdpTransportTest extends UdpTransportContract {
    private static final InetSocketAddress LOOPBACK =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @Override
    protected boolean hearsIcmp() {
        return true;
    }

    @Override
    protected UdpTransport create(InetSocketAddress local) throws IOException {
        return LinuxUdpTransport.open(local, null, false);
    }

    @Test
    void shouldWorkOnThisMachine() {
        assertThat(new LinuxTransports()).isNotNull();
    }

    @Test
    void shouldHandATrainOverFromOneBuffer() throws IOException {
        UdpTransport from = open("127.0.0.1");
        UdpTransport to = open("127.0.0.1");

        for (int i = 0; i < 10; i++) {
            from.send(to.local(), 0, filled(1200, i), 0, 1200);
        }
        from.flush();

        List<Arrival> arrivals = receive(to, 10);
        assertThat(arrivals.stream().mapToInt(Arrival::offset))
                .containsExactly(0, 1200, 2400, 3600, 4800, 6000, 7200, 8400, 9600, 10800);
    }

    @Test
    void shouldSendATrainThatIsOneAlready() throws IOException {
        UdpTransport from = open("127.0.0.1");
        UdpTransport to = open("127.0.0.1");
        MemorySegment train = Arena.global().allocate(5 + 2 * 1200 + 700);

        assertThat(from.takesTrains()).isTrue();
        from.sendTrain(to.local(), 0, train, 5, 2 * 1200 + 700, 1200);
        long before = from.systemCalls();
        from.flush();

        assertThat(from.systemCalls() - before).isEqualTo(1);
        assertThat(receive(to, 3).stream().mapToInt(arrival -> arrival.bytes().length))
                .containsExactly(1200, 1200, 700);
    }

    @Test
    void shouldBindToAnInterface() throws IOException {
        UdpTransport from = open("127.0.0.1");
        try (UdpTransport to = LinuxUdpTransport.open(LOOPBACK, loopbackName(), false)) {
            sendNow(from, to.local(), 0, new byte[10]);

            assertThat(receive(to, 1)).hasSize(1);
        }
    }

    private static String loopbackName() throws IOException {
        return NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()).getName();
    }

    @Test
    void shouldNameTheInterfaceThatThereIsNot() {
        assertThatThrownBy(() -> LinuxUdpTransport.open(LOOPBACK, "none0", false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none0")
                .hasMessageContaining("no such interface");
    }

    @Test
    void shouldShareAPortOnlyAmongThoseThatWantTo() throws IOException {
        try (UdpTransport first = LinuxUdpTransport.open(LOOPBACK, null, true);
                UdpTransport second = LinuxUdpTransport.open(first.local(), null, true)) {
            assertThat(second.local()).isEqualTo(first.local());
            assertThatThrownBy(() -> LinuxUdpTransport.open(first.local(), null, false))
                    .isInstanceOf(IOException.class);
        }
    }

    /** A host with many addresses must answer from the one that was asked. */
    @Test
    void shouldAnswerFromTheAddressThatWasAsked() throws IOException {
        UdpTransport any = open("0.0.0.0");
        UdpTransport client = open("127.0.0.1");

        for (String asked : new String[] {"127.0.0.5", "127.0.0.6", "127.0.0.5"}) {
            sendNow(client, at(asked, any), 0, new byte[10]);
            InetSocketAddress source = receive(any, 1).getFirst().remote();
            sendNow(any, source, 0, new byte[10]);

            assertThat(receive(client, 1).getFirst().remote()).isEqualTo(at(asked, any));
        }
    }

    /** The kernel wakes whoever sleeps for as long as its queue of errors is not empty. */
    @Test
    void shouldNotBeKeptAwakeByWhatIcmpSaid() throws IOException {
        UdpTransport to = open("127.0.0.1");
        UdpTransport closed = open("127.0.0.1");
        closed.close();
        Libc libc = new Libc();
        UdpSocket socket = UdpSocket.open(libc, LOOPBACK, null, false);
        try (UdpTransport from = new LinuxUdpTransport(libc, socket);
                Sleeper sleeper = from.newSleeper()) {
            from.register(sleeper);
            for (int i = 0; i < 20; i++) {
                from.send(closed.local(), i % 2, new byte[10], 0, 10);
                from.send(to.local(), 0, new byte[10], 0, 10);
            }
            from.flush();

            IcmpReports reports = new IcmpReports();
            for (int i = 0; i < 20 && errorWaits(libc, socket.fd()); i++) {
                sleeper.await(PATIENCE_NS);
                from.receive(reports, 10);
            }

            assertThat(errorWaits(libc, socket.fd())).isFalse();
            assertThat(reports.destinations).isNotEmpty().containsOnly(closed.local());
        }
    }

    private static boolean errorWaits(Libc libc, int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment entry = arena.allocate(8, 8);
            entry.set(ValueLayout.JAVA_INT, 0, fd);
            MemorySegment noTime = arena.allocate(ValueLayout.JAVA_LONG, 2);
            return libc.poll(entry.address(), 1, noTime.address()) > 0;
        }
    }
}
