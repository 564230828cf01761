package dev.tern.quic.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tern.quic.path.IcmpError;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What every kind of socket must do; each kind's test says which it is. */
@Timeout(20)
public abstract class UdpTransportContract {
    protected static final long PATIENCE_NS = 3_000_000_000L;

    /** Loopback drops nothing, but a datagram may need a moment. */
    private static final int MAX_ROUNDS = 2_000;

    private final List<UdpTransport> opened = new ArrayList<>();

    /** What arrived, copied. */
    @SuppressWarnings("ArrayRecordComponent") // compared by its parts
    protected record Arrival(InetSocketAddress remote, int ecn, byte[] bytes, int offset) {}

    /** A socket of the kind under test. */
    protected abstract UdpTransport create(InetSocketAddress local) throws IOException;

    /** Whether sockets of this kind hear of ICMP messages. */
    protected abstract boolean hearsIcmp();

    /** What was told of ICMP messages; datagrams are let go. */
    protected static final class IcmpReports implements UdpTransport.Receiver {
        public final List<InetSocketAddress> destinations = new ArrayList<>();
        public final List<IcmpError> errors = new ArrayList<>();
        public final List<byte[]> quotes = new ArrayList<>();

        public IcmpReports() {}

        @Override
        public void onDatagram(
                UdpTransport transport,
                InetSocketAddress remote,
                int ecn,
                byte[] buffer,
                int offset,
                int length) {}

        @Override
        public void onIcmpError(
                UdpTransport transport,
                InetSocketAddress destination,
                IcmpError error,
                int mtuBytes,
                byte[] quoted,
                int offset,
                int length) {
            destinations.add(destination);
            errors.add(error);
            quotes.add(Arrays.copyOfRange(quoted, offset, offset + length));
        }
    }

    protected UdpTransport open(String address) throws IOException {
        UdpTransport transport = create(new InetSocketAddress(address, 0));
        opened.add(transport);
        return transport;
    }

    /** As {@link #open}, where the machine has IPv6 at all. */
    private UdpTransport openIpv6(String address) {
        try {
            return open(address);
        } catch (IOException e) {
            return Assumptions.abort("no IPv6 here: " + e.getMessage());
        }
    }

    @AfterEach
    void closeAll() {
        opened.forEach(UdpTransport::close);
    }

    protected static InetSocketAddress at(String address, UdpTransport transport) {
        return new InetSocketAddress(address, transport.local().getPort());
    }

    protected static UdpTransport.Sent sendNow(
            UdpTransport from, InetSocketAddress to, int ecn, byte[] bytes) {
        UdpTransport.Sent sent = from.send(to, ecn, bytes, 0, bytes.length);
        return sent == UdpTransport.Sent.DONE ? from.flush() : sent;
    }

    /** Waits as an agent would until so many datagrams have arrived. */
    protected static List<Arrival> receive(UdpTransport transport, int count) throws IOException {
        List<Arrival> arrivals = new ArrayList<>();
        try (Sleeper sleeper = transport.newSleeper()) {
            transport.register(sleeper);
            for (int i = 0; i < MAX_ROUNDS && arrivals.size() < count; i++) {
                int received =
                        transport.receive(
                                (at, remote, ecn, buffer, offset, length) ->
                                        arrivals.add(
                                                new Arrival(
                                                        remote,
                                                        ecn,
                                                        Arrays.copyOfRange(
                                                                buffer, offset, offset + length),
                                                        offset)),
                                64);
                if (received == 0) {
                    sleeper.await(PATIENCE_NS);
                }
            }
        }
        return arrivals;
    }

    protected static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @Test
    void shouldCarryADatagramBetweenSockets() throws IOException {
        UdpTransport from = open("127.0.0.1");
        UdpTransport to = open("127.0.0.1");

        assertThat(from.send(to.local(), 0, new byte[] {9, 1, 2, 3}, 1, 3))
                .isEqualTo(UdpTransport.Sent.DONE);
        assertThat(from.flush()).isEqualTo(UdpTransport.Sent.DONE);

        List<Arrival> arrivals = receive(to, 1);
        assertThat(arrivals).hasSize(1);
        assertThat(arrivals.getFirst().bytes()).containsExactly(1, 2, 3);
        assertThat(arrivals.getFirst().remote()).isEqualTo(from.local());
    }

    @Test
    void shouldKeepTheLengthAndOrderOfEveryDatagramOfABatch() throws IOException {
        UdpTransport from = open("127.0.0.1");
        UdpTransport to = open("127.0.0.1");
        int[] lengths = {100, 100, 100, 60, 100, 1200, 1200, 1, 1200, 0, 1200, 1452, 1452};

        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < lengths.length; i++) {
                from.send(to.local(), 0, filled(lengths[i], i), 0, lengths[i]);
            }
            from.flush();

            List<Arrival> arrivals = receive(to, lengths.length);
            assertThat(arrivals.stream().mapToInt(arrival -> arrival.bytes().length))
                    .containsExactly(Arrays.stream(lengths).boxed().toArray(Integer[]::new));
            for (int i = 0; i < lengths.length; i++) {
                assertThat(arrivals.get(i).bytes()).isEqualTo(filled(lengths[i], i));
            }
        }
    }

    @Test
    void shouldCarryMoreDatagramsThanAnyTrainHolds() throws IOException {
        UdpTransport from = open("127.0.0.1");
        UdpTransport to = open("127.0.0.1");
        int count = 500;

        for (int i = 0; i < count; i++) {
            byte[] bytes = {(byte) i, (byte) (i >> 8)};
            from.send(to.local(), 0, bytes, 0, bytes.length);
        }
        from.flush();

        List<Arrival> arrivals = receive(to, count);
        for (int i = 0; i < count; i++) {
            assertThat(arrivals.get(i).bytes()).containsExactly(i, i >> 8);
        }
    }

    @Test
    void shouldKeepDestinationsApartThatTakeTurns() throws IOException {
        UdpTransport from = open("127.0.0.1");
        UdpTransport first = open("127.0.0.1");
        UdpTransport second = open("127.0.0.1");

        for (int i = 0; i < 20; i++) {
            from.send((i % 2 == 0 ? first : second).local(), 0, filled(50, i), 0, 50);
        }
        from.flush();

        assertThat(receive(first, 10).stream().mapToInt(arrival -> arrival.bytes()[0]))
                .containsExactly(0, 2, 4, 6, 8, 10, 12, 14, 16, 18);
        assertThat(receive(second, 10).stream().mapToInt(arrival -> arrival.bytes()[0]))
                .containsExactly(1, 3, 5, 7, 9, 11, 13, 15, 17, 19);
    }

    @Test
    void shouldCarryManyDatagramsToBothFamiliesFromAnIpv6Wildcard() throws IOException {
        UdpTransport both = openIpv6("::");
        UdpTransport ipv4 = open("127.0.0.1");
        UdpTransport ipv6 = openIpv6("::1");

        for (int i = 0; i < 40; i++) {
            both.send((i % 2 == 0 ? ipv4 : ipv6).local(), 2, filled(1000, i), 0, 1000);
        }
        assertThat(both.flush()).isEqualTo(UdpTransport.Sent.DONE);

        assertThat(receive(ipv4, 20)).hasSize(20).allMatch(arrival -> arrival.bytes()[0] % 2 == 0);
        assertThat(receive(ipv6, 20)).hasSize(20).allMatch(arrival -> arrival.bytes()[0] % 2 == 1);
    }

    @Test
    void shouldShowTheEcnBitsOfEveryDatagramIfItCarriesThem() throws IOException {
        UdpTransport from = open("127.0.0.1");
        UdpTransport to = open("127.0.0.1");
        Assumptions.assumeTrue(from.carriesEcn());

        for (int ecn : new int[] {2, 2, 0, 3, 3, 1, 2}) {
            from.send(to.local(), ecn, new byte[20], 0, 20);
        }
        from.flush();

        assertThat(receive(to, 7).stream().mapToInt(Arrival::ecn))
                .containsExactly(2, 2, 0, 3, 3, 1, 2);
    }

    @Test
    void shouldCarryIpv6() throws IOException {
        UdpTransport from = openIpv6("::1");
        UdpTransport to = openIpv6("::1");

        sendNow(from, to.local(), 2, filled(1200, 7));

        Arrival arrival = receive(to, 1).getFirst();
        assertThat(arrival.remote()).isEqualTo(from.local());
        assertThat(arrival.remote().getAddress()).isInstanceOf(Inet6Address.class);
        assertThat(arrival.ecn()).isEqualTo(to.carriesEcn() ? 2 : 0);
    }

    @Test
    void shouldTakeIpv4OnAnIpv6WildcardAndCallItIpv4() throws IOException {
        UdpTransport both = openIpv6("::");
        UdpTransport ipv4 = open("127.0.0.1");

        sendNow(ipv4, at("127.0.0.1", both), 2, new byte[10]);
        Arrival question = receive(both, 1).getFirst();
        assertThat(question.remote()).isEqualTo(ipv4.local());
        assertThat(question.remote().getAddress()).isInstanceOf(Inet4Address.class);
        assertThat(question.ecn()).isEqualTo(both.carriesEcn() ? 2 : 0);

        assertThat(sendNow(both, question.remote(), 1, new byte[20]))
                .isEqualTo(UdpTransport.Sent.DONE);
        Arrival answer = receive(ipv4, 1).getFirst();
        assertThat(answer.remote()).isEqualTo(at("127.0.0.1", both));
        assertThat(answer.ecn()).isEqualTo(both.carriesEcn() ? 1 : 0);
    }

    @Test
    void shouldTakeIpv6OnTheSameWildcard() throws IOException {
        UdpTransport both = openIpv6("::");
        UdpTransport ipv6 = openIpv6("::1");

        sendNow(ipv6, at("::1", both), 0, new byte[10]);
        Arrival question = receive(both, 1).getFirst();
        assertThat(question.remote()).isEqualTo(ipv6.local());

        sendNow(both, question.remote(), 0, new byte[20]);
        assertThat(receive(ipv6, 1).getFirst().remote()).isEqualTo(at("::1", both));
    }

    @Test
    void shouldTakeEverySourceForWhatItIs() throws IOException {
        UdpTransport to = open("127.0.0.1");
        List<UdpTransport> sources = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            sources.add(open("127.0.0." + (1 + i % 3)));
        }

        for (int round = 0; round < 2; round++) {
            for (UdpTransport source : sources) {
                sendNow(source, to.local(), 0, new byte[5]);
            }
            assertThat(receive(to, sources.size()).stream().map(Arrival::remote))
                    .containsExactlyElementsOf(sources.stream().map(UdpTransport::local).toList());
        }
    }

    @Test
    void shouldReceiveNothingWithoutWaiting() throws IOException {
        assertThat(open("127.0.0.1").receive((t, remote, ecn, buffer, offset, length) -> {}, 10))
                .isZero();
    }

    @Test
    void shouldDropWhatCannotBeSentAndKeepTheAddress() throws IOException {
        UdpTransport transport = open("127.0.0.1");
        byte[] tooLong = new byte[UdpTransport.MAX_DATAGRAM_BYTES];

        assertThat(sendNow(transport, transport.local(), 0, tooLong))
                .isEqualTo(UdpTransport.Sent.DROPPED);
        assertThat(sendNow(transport, new InetSocketAddress("192.0.2.1", 9), 0, new byte[10]))
                .isNotEqualTo(UdpTransport.Sent.GONE);
        assertThat(sendNow(transport, new InetSocketAddress("2001:db8::1", 9), 0, new byte[10]))
                .isEqualTo(UdpTransport.Sent.DROPPED);
        assertThat(sendNow(transport, transport.local(), 0, new byte[10]))
                .isEqualTo(UdpTransport.Sent.DONE);
    }

    /** What a closed port answers with (ICMP) is no reason to end, nor to lose a datagram. */
    @Test
    void shouldGoOnWhenNobodyListens() throws IOException {
        UdpTransport from = open("127.0.0.1");
        UdpTransport to = open("127.0.0.1");
        UdpTransport closed = open("127.0.0.1");
        closed.close();

        for (int i = 0; i < 10; i++) {
            sendNow(from, closed.local(), 0, new byte[10]);
            from.receive((t, remote, ecn, buffer, offset, length) -> {}, 10);
            sendNow(from, to.local(), 0, new byte[10]);
        }

        assertThat(receive(to, 10)).hasSize(10);
    }

    private void shouldTellOfTheClosedPort(UdpTransport from, UdpTransport closed) {
        closed.close();
        IcmpReports reports = new IcmpReports();

        sendNow(from, closed.local(), 0, filled(100, 7));
        from.receive(reports, 10);

        if (hearsIcmp()) {
            assertThat(reports.destinations).containsExactly(closed.local());
            assertThat(reports.errors).containsExactly(IcmpError.PORT_UNREACHABLE);
            assertThat(reports.quotes.getFirst()).startsWith(filled(50, 7));
        } else {
            assertThat(reports.errors).isEmpty();
        }
    }

    @Test
    void shouldTellWhereNobodyListensIfItCan() throws IOException {
        shouldTellOfTheClosedPort(open("127.0.0.1"), open("127.0.0.1"));
        shouldTellOfTheClosedPort(open("0.0.0.0"), open("127.0.0.1"));
    }

    @Test
    void shouldTellWhereNobodyListensOverIpv6IfItCan() throws IOException {
        shouldTellOfTheClosedPort(openIpv6("::1"), openIpv6("::1"));
        shouldTellOfTheClosedPort(openIpv6("::"), openIpv6("::1"));
        shouldTellOfTheClosedPort(openIpv6("::"), open("127.0.0.1"));
    }

    /** What waits to be told of one destination is no reason to lose what goes to another. */
    @Test
    void shouldLoseNothingOfABatchThatPartlyGoesWhereNobodyListens() throws IOException {
        UdpTransport from = open("127.0.0.1");
        UdpTransport to = open("127.0.0.1");
        UdpTransport closed = open("127.0.0.1");
        closed.close();

        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 5; i++) {
                from.send(to.local(), 0, filled(100, round), 0, 100);
                from.send(closed.local(), i % 2, new byte[10], 0, 10);
            }
            from.flush();
        }

        assertThat(receive(to, 100).stream().map(arrival -> arrival.bytes()[0]))
                .isSorted()
                .hasSize(100);
    }

    @Test
    void shouldReceiveInSpiteOfAFloodOfIcmp() throws IOException {
        UdpTransport to = open("127.0.0.1");
        UdpTransport from = open("127.0.0.1");
        UdpTransport closed = open("127.0.0.1");
        closed.close();
        for (int i = 0; i < 2000; i++) {
            sendNow(to, closed.local(), 0, new byte[10]);
        }
        IcmpReports reports = new IcmpReports();
        to.receive(reports, 1);
        assertThat(reports.errors).hasSizeLessThanOrEqualTo(64);

        sendNow(from, to.local(), 0, new byte[10]);

        assertThat(receive(to, 1)).hasSize(1);
    }

    @Test
    void shouldSayGoneOnceClosed() throws IOException {
        UdpTransport transport = open("127.0.0.1");
        transport.close();

        assertThat(sendNow(transport, transport.local(), 0, new byte[10]))
                .isEqualTo(UdpTransport.Sent.GONE);
        assertThat(transport.receive((t, remote, ecn, buffer, offset, length) -> {}, 10)).isZero();
    }

    /** A handler may close the socket whose datagrams it is given. */
    @Test
    void shouldEndWhenClosedWhileReceiving() throws IOException {
        UdpTransport from = open("127.0.0.1");
        UdpTransport to = open("127.0.0.1");
        for (int i = 0; i < 5; i++) {
            sendNow(from, to.local(), 0, new byte[10 + i]);
        }

        int received = to.receive((t, remote, ecn, buffer, offset, length) -> t.close(), 10);

        assertThat(received).isBetween(1, 5);
        assertThat(to.receive((t, remote, ecn, buffer, offset, length) -> {}, 10)).isZero();
    }

    @Test
    void shouldFreeItsPortWhenClosed() throws IOException {
        UdpTransport first = open("127.0.0.1");
        try (Sleeper sleeper = first.newSleeper()) {
            first.register(sleeper);
            first.close();
            sleeper.onClosed();
        }

        UdpTransport second = create(first.local());
        opened.add(second);
        assertThat(second.local()).isEqualTo(first.local());
    }

    @Test
    void shouldSayThatAPortIsInUse() throws IOException {
        UdpTransport first = open("127.0.0.1");

        assertThatThrownBy(() -> create(first.local()))
                .isInstanceOf(IOException.class)
                .hasCauseInstanceOf(BindException.class);
    }

    @Test
    void shouldNameTheAddressThatCannotBeBoundTo() {
        assertThatThrownBy(() -> create(new InetSocketAddress("192.0.2.123", 4433)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("192.0.2.123:4433")
                .hasCauseInstanceOf(BindException.class);
    }

    @Test
    void shouldWakeFromSleepForADatagramAndForAnotherThread() throws Exception {
        UdpTransport from = open("127.0.0.1");
        UdpTransport to = open("127.0.0.1");
        try (Sleeper sleeper = to.newSleeper()) {
            to.register(sleeper);
            sendNow(from, to.local(), 0, new byte[10]);
            sleeper.await(Long.MAX_VALUE / 2);
            assertThat(to.receive((t, remote, ecn, buffer, offset, length) -> {}, 10)).isOne();

            Thread waker = Thread.ofPlatform().start(sleeper::wake);
            sleeper.await(Long.MAX_VALUE / 2);
            waker.join();
        }
    }
}
