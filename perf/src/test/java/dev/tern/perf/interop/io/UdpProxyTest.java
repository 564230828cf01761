package dev.tern.perf.interop.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.perf.interop.io.UdpProxy.Rebinding;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.random.RandomGenerator;

class UdpProxyTest {
    private static final double NO_LOSS = 0;
    private static final double ALL_LOST = 1;
    private static final double SOME_LOST = 0.3;

    private static final int NUMBERED = 60;
    private static final String END = "end";

    /** So that what never comes fails a test and does not hold it up for ever. */
    private static final int RECEIVE_TIMEOUT_MS = 20_000;

    private final DatagramSocket server = socket();
    private final DatagramSocket client = socket();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    UdpProxyTest() throws IOException {}

    @AfterEach
    void closeSockets() {
        server.close();
        client.close();
    }

    @Test
    void shouldCarryDatagramsBothWays() throws IOException {
        try (UdpProxy proxy = proxy(NO_LOSS, new Random(1), Rebinding.NEVER)) {
            send(client, "question", proxy.address());
            Received question = receive(server);
            send(server, "answer", question.from());
            Received answer = receive(client);

            assertThat(question.text()).isEqualTo("question");
            assertThat(question.from()).isNotEqualTo(client.getLocalSocketAddress());
            assertThat(answer).isEqualTo(new Received("answer", proxy.address()));
            assertThat(proxy.lost()).isZero();
        }
    }

    @Test
    void shouldKeepClientsApart() throws IOException {
        try (UdpProxy proxy = proxy(NO_LOSS, new Random(1), Rebinding.NEVER);
                DatagramSocket other = socket()) {
            SocketAddress first = appearance(client, proxy);
            SocketAddress second = appearance(other, proxy);
            send(server, "to the second", second);
            send(server, "to the first", first);

            assertThat(first).isNotEqualTo(second).isEqualTo(appearance(client, proxy));
            assertThat(receive(client).text()).isEqualTo("to the first");
            assertThat(receive(other).text()).isEqualTo("to the second");
        }
    }

    @Test
    void shouldLoseTheSameDatagramsForTheSameSeedOnTheWayUp() throws IOException {
        assertThat(arrivedUp(1))
                .isEqualTo(arrivedUp(1))
                .isNotEqualTo(arrivedUp(2))
                .hasSizeBetween(1, NUMBERED - 1);
    }

    @Test
    void shouldLoseTheSameDatagramsForTheSameSeedOnTheWayDown() throws IOException {
        assertThat(arrivedDown(1))
                .isEqualTo(arrivedDown(1))
                .isNotEqualTo(arrivedDown(2))
                .hasSizeBetween(1, NUMBERED - 1);
    }

    @Test
    void shouldTellTheWatchOfDatagramsThatAreLost() throws IOException, InterruptedException {
        try (UdpProxy proxy = proxy(ALL_LOST, new Random(1), Rebinding.NEVER)) {
            send(client, "lost", proxy.address());

            assertThat(heard.take()).isEqualTo("from a client: lost");
        }
    }

    @Test
    void shouldTellTheWatchWhoSentIt() throws IOException {
        try (UdpProxy proxy = proxy(NO_LOSS, new Random(1), Rebinding.NEVER)) {
            send(client, "question", proxy.address());
            send(server, "answer", receive(server).from());
            receive(client);

            assertThat(heard).containsExactly("from a client: question", "from the server: answer");
        }
    }

    @Test
    void shouldGiveAClientAnotherPortOnceEnoughHasCome() throws IOException {
        Rebinding rebinding = new Rebinding(6, InetAddress.getLoopbackAddress());
        try (UdpProxy proxy = proxy(NO_LOSS, new Random(1), rebinding)) {
            SocketAddress before = appearance(client, proxy);
            answer("five.", before);
            SocketAddress stillBefore = appearance(client, proxy);
            answer("6", before);
            SocketAddress after = appearance(client, proxy);

            assertThat(stillBefore).isEqualTo(before);
            assertThat(after).isNotEqualTo(before);
            assertThat(proxy.answeredAfterRebinding()).isFalse();

            answer("there you are", after);
            assertThat(proxy.answeredAfterRebinding()).isTrue();
            assertThat(appearance(client, proxy)).isEqualTo(after);
        }
    }

    @Test
    void shouldForgetTheAddressThatAClientHadBefore() throws IOException {
        Rebinding rebinding = new Rebinding(1, InetAddress.getLoopbackAddress());
        try (UdpProxy proxy = proxy(NO_LOSS, new Random(1), rebinding)) {
            SocketAddress before = appearance(client, proxy);
            answer("!", before);
            SocketAddress after = appearance(client, proxy);
            send(server, "to the old address", before);
            send(server, "to the new address", after);

            assertThat(receive(client).text()).isEqualTo("to the new address");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX) // elsewhere loopback is one address
    void shouldGiveAClientAnotherAddress() throws IOException {
        InetAddress other = InetAddress.getByName("127.0.0.2");
        try (UdpProxy proxy = proxy(NO_LOSS, new Random(1), new Rebinding(1, other))) {
            InetSocketAddress before = appearance(client, proxy);
            answer("!", before);
            InetSocketAddress after = appearance(client, proxy);

            assertThat(before.getAddress()).isEqualTo(InetAddress.getLoopbackAddress());
            assertThat(after.getAddress()).isEqualTo(other);
        }
    }

    private List<String> arrivedUp(long seed) throws IOException {
        try (UdpProxy proxy = proxy(SOME_LOST, losing(seed, 0, NUMBERED), Rebinding.NEVER)) {
            sendNumbered(client, proxy.address());
            List<String> arrived = receiveToEnd(server);
            assertThat(proxy.lost()).isEqualTo(NUMBERED - arrived.size());
            return arrived;
        }
    }

    private List<String> arrivedDown(long seed) throws IOException {
        try (UdpProxy proxy = proxy(SOME_LOST, losing(seed, 1, NUMBERED), Rebinding.NEVER)) {
            sendNumbered(server, appearance(client, proxy));
            List<String> arrived = receiveToEnd(client);
            assertThat(proxy.lost()).isEqualTo(NUMBERED - arrived.size());
            return arrived;
        }
    }

    private static void sendNumbered(DatagramSocket from, SocketAddress to) throws IOException {
        for (int i = 0; i < NUMBERED; i++) {
            send(from, Integer.toString(i), to);
        }
        send(from, END, to);
    }

    private static List<String> receiveToEnd(DatagramSocket at) throws IOException {
        List<String> arrived = new ArrayList<>();
        for (String each = receive(at).text(); !each.equals(END); each = receive(at).text()) {
            arrived.add(each);
        }
        return arrived;
    }

    /** Seeded, but for some datagrams at the beginning and all from the end on, which arrive. */
    private static RandomGenerator losing(long seed, int begin, int count) {
        Random random = new Random(seed);
        return new RandomGenerator() {
            private int drawn;

            @Override
            public long nextLong() {
                return random.nextLong();
            }

            @Override
            public double nextDouble() {
                int index = drawn++;
                return index >= begin && index < begin + count ? random.nextDouble() : 1;
            }
        };
    }

    private UdpProxy proxy(double loss, RandomGenerator random, Rebinding rebinding)
            throws IOException {
        return new UdpProxy(
                (InetSocketAddress) server.getLocalSocketAddress(),
                loss,
                random,
                rebinding,
                (fromServer, datagram, length) ->
                        heard.add(
                                (fromServer ? "from the server: " : "from a client: ")
                                        + text(datagram, length)));
    }

    /** Where the server sees it. */
    private InetSocketAddress appearance(DatagramSocket from, UdpProxy proxy) throws IOException {
        send(from, "where am I?", proxy.address());
        return receive(server).from();
    }

    private void answer(String text, SocketAddress to) throws IOException {
        send(server, text, to);
        assertThat(receive(client).text()).isEqualTo(text);
    }

    private static DatagramSocket socket() throws IOException {
        DatagramSocket socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.setSoTimeout(RECEIVE_TIMEOUT_MS);
        return socket;
    }

    private static void send(DatagramSocket from, String text, SocketAddress to)
            throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        from.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private static Received receive(DatagramSocket at) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        at.receive(packet);
        return new Received(
                text(packet.getData(), packet.getLength()),
                (InetSocketAddress) packet.getSocketAddress());
    }

    private static String text(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private record Received(String text, InetSocketAddress from) {}
}
