package dev.tern.quic.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.connection.Transmit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.util.stream.Collectors;

class AgentSenderTest {
    private static final InetSocketAddress LOCAL = new InetSocketAddress("192.0.2.1", 7);
    private static final InetSocketAddress OTHER = new InetSocketAddress("192.0.2.2", 7);
    private static final InetSocketAddress REMOTE = new InetSocketAddress("198.51.100.1", 9);
    private static final long MS = 1_000_000L;
    private static final long START_NS = 5 * MS;
    private static final long NEVER = Long.MAX_VALUE;

    private final FakeTransport transport = new FakeTransport(LOCAL);
    private final LocalSockets sockets = new LocalSockets();
    private final NumberingNode node = new NumberingNode();
    private final AgentSender sender = new AgentSender(node, sockets, gone -> {});

    /** Has as many datagrams to send as the test wants, numbered. */
    private static final class NumberingNode extends SendingNode {
        int left = 3;
        private byte next;

        @Override
        public boolean pollTransmit(Transmit transmit, long nowNs) {
            if (left == 0) {
                return false;
            }
            left--;
            transmit.buffer()[0] = next++;
            transmit.set(LOCAL, REMOTE, 1, 0);
            return true;
        }
    }

    /** Has so many datagrams of two bytes for each call, numbered, and a last one of one byte. */
    private static final class TrainNode extends SendingNode {
        private final int trains;
        private final int datagrams;
        private int polled;

        TrainNode(int trains, int datagrams) {
            this.trains = trains;
            this.datagrams = datagrams;
        }

        @Override
        public boolean pollTransmit(Transmit transmit, long nowNs) {
            if (polled == trains) {
                return false;
            }
            for (int i = 0; i < datagrams; i++) {
                transmit.buffer()[2 * i] = (byte) (polled * datagrams + i);
            }
            polled++;
            int length = 2 * datagrams - 1;
            transmit.inTarget(transmit.target() != null);
            if (transmit.isInTarget()) {
                MemorySegment.copy(
                        transmit.buffer(),
                        0,
                        transmit.target(),
                        ValueLayout.JAVA_BYTE,
                        transmit.targetOffset(),
                        length);
            }
            transmit.setTrain(LOCAL, REMOTE, length, 2, 0);
            return true;
        }
    }

    private String numbersSent() {
        return transport.sent.stream()
                .map(datagram -> datagram.bytes()[0] + "/" + datagram.bytes().length)
                .collect(Collectors.joining(" "));
    }

    @Test
    void shouldGiveATrainToASocketInOneCall() {
        transport.takesTrains = true;
        AgentSender trains = new AgentSender(new TrainNode(2, 3), sockets, gone -> {});

        assertThat(trains.send(10, START_NS)).isEqualTo(6);

        assertThat(transport.trains).containsExactly(3, 3);
        assertThat(numbersSent()).isEqualTo("0/2 1/2 2/1 3/2 4/2 5/1");
    }

    @Test
    void shouldTakeNoFurtherTrainOnceTheLimitIsReached() {
        transport.takesTrains = true;
        AgentSender trains = new AgentSender(new TrainNode(3, 3), sockets, gone -> {});

        assertThat(trains.send(4, START_NS)).isEqualTo(6);
        assertThat(trains.send(4, START_NS)).isEqualTo(3);
    }

    /** Whatever the socket has not flushed yet lies where the node has put it. */
    @Test
    void shouldKeepEveryTrainUntilTheSocketHasTakenIt() {
        transport.takesTrains = true;
        AgentSender trains = new AgentSender(new TrainNode(30, 10), sockets, gone -> {});
        transport.room = 0;
        trains.send(1000, START_NS);
        assertThat(numbersSent()).isEmpty();

        transport.room = 1000;
        trains.send(1000, START_NS);

        assertThat(transport.sent).hasSize(300);
        for (int i = 0; i < 300; i++) {
            assertThat(transport.sent.get(i).bytes()[0]).isEqualTo((byte) i);
        }
    }

    @Test
    void shouldTakeApartATrainThatTheSocketHasComeToRefuse() {
        transport.takesTrains = true;
        AgentSender trains = new AgentSender(new TrainNode(1, 3), sockets, gone -> {});
        transport.room = 0;
        trains.send(10, START_NS);

        transport.takesTrains = false;
        transport.room = 10;
        trains.send(10, START_NS);

        assertThat(transport.trains).isEmpty();
        assertThat(numbersSent()).isEqualTo("0/2 1/2 2/1");
    }

    @Test
    void shouldTakeATrainApartForASocketOfSingleDatagrams() {
        AgentSender trains = new AgentSender(new TrainNode(1, 3), sockets, gone -> {});

        assertThat(trains.send(10, START_NS)).isEqualTo(3);

        assertThat(transport.trains).isEmpty();
        assertThat(numbersSent()).isEqualTo("0/2 1/2 2/1");
    }

    @Test
    void shouldGoOnInTheMiddleOfATrainWhereTheSocketWasFull() {
        AgentSender trains = new AgentSender(new TrainNode(2, 3), sockets, gone -> {});
        transport.room = 2;
        assertThat(trains.send(10, START_NS)).isEqualTo(2);
        assertThat(trains.send(10, START_NS)).isZero();

        transport.room = 10;
        assertThat(trains.send(10, START_NS + 1000 * MS)).isEqualTo(4);

        assertThat(numbersSent()).isEqualTo("0/2 1/2 2/1 3/2 4/2 5/1");
    }

    @Test
    void shouldLoseTheDatagramOfATrainThatHoldsUpOtherSocketsAndNoMore() {
        sockets.add(new FakeTransport(OTHER));
        AgentSender trains = new AgentSender(new TrainNode(1, 3), sockets, gone -> {});
        transport.room = 0;
        trains.send(10, START_NS);
        transport.answer = UdpTransport.Sent.BUSY;
        transport.room = 10;
        trains.send(10, START_NS + 6 * MS); // the first is lost, the second waits

        transport.answer = UdpTransport.Sent.DONE;
        trains.send(10, START_NS + 7 * MS);

        assertThat(numbersSent()).isEqualTo("1/2 2/1");
    }

    @BeforeEach
    void open() {
        sockets.add(transport);
    }

    @Test
    void shouldWaitForAFullSocketItselfAndNoTimer() {
        transport.answer = UdpTransport.Sent.FULL;
        sender.send(10, START_NS);
        assertThat(sender.wakeUpNs(NEVER, START_NS)).isEqualTo(NEVER);

        transport.answer = UdpTransport.Sent.DONE;
        transport.flushAnswer = UdpTransport.Sent.FULL;
        sender.send(10, START_NS);
        assertThat(sender.wakeUpNs(NEVER, START_NS)).isEqualTo(NEVER);
    }

    @Test
    void shouldTryAgainSoonWhereNothingTellsOfRoom() {
        transport.answer = UdpTransport.Sent.BUSY;
        sender.send(10, START_NS);
        assertThat(sender.wakeUpNs(NEVER, START_NS)).isEqualTo(START_NS + MS / 2);

        transport.answer = UdpTransport.Sent.DONE;
        transport.flushAnswer = UdpTransport.Sent.BUSY;
        sender.send(10, START_NS);
        assertThat(sender.wakeUpNs(NEVER, START_NS)).isEqualTo(START_NS + MS / 2);

        transport.flushAnswer = UdpTransport.Sent.DONE;
        sender.send(10, START_NS);
        assertThat(sender.wakeUpNs(NEVER, START_NS)).isEqualTo(NEVER);
    }

    @Test
    void shouldGoOnExactlyWhereASocketWasFullHoweverLongIfItIsTheOnlyOne() {
        transport.answer = UdpTransport.Sent.FULL;
        sender.send(10, START_NS);
        sender.send(10, START_NS + 1000 * MS);

        transport.answer = UdpTransport.Sent.DONE;
        sender.send(10, START_NS + 2000 * MS);

        assertThat(transport.sent.stream().map(datagram -> datagram.bytes()[0]))
                .containsExactly((byte) 0, (byte) 1, (byte) 2);
    }

    @Test
    void shouldHaveWorkLeftWhereRoomCameWhileItLooked() {
        transport.flushAnswer = UdpTransport.Sent.FULL;
        sender.send(1, START_NS);
        transport.answer = UdpTransport.Sent.FULL;
        assertThat(sender.send(10, START_NS)).isZero();

        // The datagram at hand found no room, but what was kept back did a moment later.
        transport.flushAnswer = UdpTransport.Sent.DONE;

        assertThat(sender.send(10, START_NS)).isEqualTo(1);
        assertThat(sender.send(10, START_NS)).isZero();
    }

    @Test
    void shouldWakeUpToLoseADatagramThatHoldsUpOtherSockets() {
        sockets.add(new FakeTransport(OTHER));
        transport.answer = UdpTransport.Sent.FULL;

        sender.send(10, START_NS);

        assertThat(sender.wakeUpNs(NEVER, START_NS + MS)).isEqualTo(START_NS + 5 * MS);
    }
}
