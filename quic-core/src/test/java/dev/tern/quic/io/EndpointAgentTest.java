package dev.tern.quic.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tern.quic.connection.Transmit;
import dev.tern.quic.endpoint.DatagramNode;

import org.agrona.concurrent.AgentTerminationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/** The agent over sockets that answer as the test says, its rounds driven by hand. */
@Timeout(20)
class EndpointAgentTest {
    private static final InetSocketAddress LOCAL = new InetSocketAddress("192.0.2.1", 1000);
    private static final InetSocketAddress OTHER = new InetSocketAddress("192.0.2.2", 1000);
    private static final InetSocketAddress REMOTE = new InetSocketAddress("198.51.100.1", 4433);
    private static final long MS = 1_000_000L;

    private final AtomicLong clock = new AtomicLong(1);
    private final Map<InetSocketAddress, FakeTransport> transports = new HashMap<>();
    private final ScriptedNode node = new ScriptedNode();
    private final List<String> heard = new ArrayList<>();
    private EndpointAgent agent;

    /** Sends what the test queues, and keeps what it is told. */
    private static final class ScriptedNode implements DatagramNode {
        final List<String> told = new ArrayList<>();
        final Queue<InetSocketAddress> toSendFrom = new ArrayDeque<>();
        long deadlineNs = Long.MAX_VALUE;
        RuntimeException fault;

        @Override
        public void onDatagram(
                InetSocketAddress local,
                InetSocketAddress remote,
                int ecn,
                byte[] buffer,
                int offset,
                int length,
                long nowNs) {
            if (fault != null) {
                throw fault;
            }
            told.add("datagram at " + local.getHostString());
        }

        @Override
        public boolean pollTransmit(Transmit transmit, long nowNs) {
            InetSocketAddress from = toSendFrom.poll();
            if (from == null) {
                return false;
            }
            transmit.buffer()[0] = 42;
            transmit.set(from, REMOTE, 1, 0);
            return true;
        }

        @Override
        public long nextDeadlineNs() {
            return deadlineNs;
        }

        @Override
        public void onTimeout(long nowNs) {
            told.add("timeout at " + nowNs);
            deadlineNs = Long.MAX_VALUE;
        }

        @Override
        public void onLocalAddressUp(InetSocketAddress local, long nowNs) {
            told.add("up " + local.getHostString());
        }

        @Override
        public void onLocalAddressDown(InetSocketAddress local, long nowNs) {
            told.add("down " + local.getHostString());
        }
    }

    @BeforeEach
    void open() throws IOException {
        agent =
                new EndpointAgent(
                        node,
                        (local, interfaceName) ->
                                transports.computeIfAbsent(local, FakeTransport::new),
                        clock::get,
                        new AgentListener() {
                            @Override
                            public void onAddressGone(InetSocketAddress local, long nowNs) {
                                heard.add("gone " + local.getHostString());
                            }

                            @Override
                            public void onFailed(Throwable failure) {
                                heard.add("failed " + failure.getMessage());
                                agent.defer(() -> heard.add("told a handler"));
                            }
                        });
        agent.openAddress(LOCAL, null);
        agent.openAddress(OTHER, null);
        node.told.clear();
    }

    @Test
    void shouldSendFromTheSocketThatTheNodeNames() {
        node.toSendFrom.addAll(List.of(OTHER, LOCAL, OTHER));

        agent.doWork();

        assertThat(transports.get(OTHER).sent).hasSize(2);
        assertThat(transports.get(LOCAL).sent).hasSize(1);
        assertThat(transports.get(LOCAL).sent.getFirst().remote()).isEqualTo(REMOTE);
    }

    @Test
    void shouldTellTheNodeOfTimeOnlyWhenItsDeadlineHasCome() {
        node.deadlineNs = 1 + MS;
        node.toSendFrom.add(LOCAL);
        agent.doWork();
        assertThat(node.told).isEmpty();

        clock.set(1 + MS);
        agent.doWork();

        assertThat(node.told).containsExactly("timeout at " + (1 + MS));
    }

    @Test
    void shouldTakeAnAddressDownAtTheSendThatShowsItGone() {
        transports.get(LOCAL).answer = UdpTransport.Sent.GONE;
        node.toSendFrom.addAll(List.of(LOCAL, LOCAL, OTHER));

        agent.doWork();

        assertThat(node.told).containsExactly("down 192.0.2.1");
        assertThat(heard).containsExactly("gone 192.0.2.1");
        assertThat(transports.get(LOCAL).closed).isTrue();
        assertThat(transports.get(OTHER).sent).hasSize(1);
        assertThat(agent.addresses()).containsExactly(OTHER);
    }

    @Test
    void shouldKeepAnAddressWhenOneDestinationIsUnreachable() {
        transports.get(LOCAL).answer = UdpTransport.Sent.DROPPED;
        node.toSendFrom.add(LOCAL);

        agent.doWork();

        assertThat(node.told).isEmpty();
        assertThat(agent.addresses()).contains(LOCAL);
    }

    @Test
    void shouldOfferADatagramAgainWhileASocketIsFull() {
        transports.get(LOCAL).answer = UdpTransport.Sent.FULL;
        node.toSendFrom.addAll(List.of(LOCAL, OTHER));
        agent.doWork();
        assertThat(transports.get(OTHER).sent).isEmpty();

        transports.get(LOCAL).answer = UdpTransport.Sent.DONE;
        clock.addAndGet(MS);
        agent.doWork();

        assertThat(transports.get(LOCAL).sent).hasSize(1);
        assertThat(transports.get(OTHER).sent).hasSize(1);
    }

    @Test
    void shouldNotLetAFullSocketHoldUpTheOthersForLong() {
        transports.get(LOCAL).answer = UdpTransport.Sent.FULL;
        node.toSendFrom.addAll(List.of(LOCAL, OTHER));

        for (int i = 0; i < 6; i++) {
            agent.doWork();
            clock.addAndGet(MS);
        }

        assertThat(transports.get(LOCAL).sent).isEmpty();
        assertThat(transports.get(OTHER).sent).hasSize(1);
    }

    @Test
    void shouldFlushOnceForABatchAndNotWithoutOne() {
        node.toSendFrom.addAll(List.of(LOCAL, LOCAL, LOCAL));
        agent.doWork();
        assertThat(transports.get(LOCAL).flushes).isOne();

        node.deadlineNs = clock.get(); // so that it does not sleep
        agent.doWork();
        assertThat(transports.get(LOCAL).flushes).isOne();
    }

    @Test
    void shouldFlushAgainWhatASocketHadNoRoomFor() {
        transports.get(LOCAL).flushAnswer = UdpTransport.Sent.FULL;
        node.toSendFrom.add(LOCAL);
        agent.doWork();

        transports.get(LOCAL).flushAnswer = UdpTransport.Sent.DONE;
        node.deadlineNs = clock.get(); // so that it does not sleep
        agent.doWork();

        assertThat(transports.get(LOCAL).flushes).isEqualTo(2);
    }

    @Test
    void shouldTakeAnAddressDownAtTheFlushThatShowsItGone() {
        transports.get(LOCAL).flushAnswer = UdpTransport.Sent.GONE;
        node.toSendFrom.addAll(List.of(LOCAL, OTHER));

        agent.doWork();

        assertThat(node.told).containsExactly("down 192.0.2.1");
        assertThat(heard).containsExactly("gone 192.0.2.1");
        assertThat(transports.get(OTHER).flushes).isOne();
    }

    @Test
    void shouldHandOverWhatArrivesAtEachAddress() {
        transports.get(LOCAL).arrived.add(new FakeTransport.Datagram(REMOTE, new byte[10]));
        transports.get(OTHER).arrived.add(new FakeTransport.Datagram(REMOTE, new byte[10]));

        agent.doWork();

        assertThat(node.told).containsExactly("datagram at 192.0.2.1", "datagram at 192.0.2.2");
    }

    @Test
    void shouldCloseAnAddressOnceAndTellTheNode() {
        agent.closeAddress(LOCAL);
        agent.closeAddress(LOCAL);

        assertThat(node.told).containsExactly("down 192.0.2.1");
        assertThat(transports.get(LOCAL).closed).isTrue();
    }

    @Test
    void shouldEndLoudlyWhenTheNodeFailsAndStillTellHandlers() {
        node.fault = new IllegalStateException("a fault of the test's");
        transports.get(LOCAL).arrived.add(new FakeTransport.Datagram(REMOTE, new byte[10]));

        assertThatThrownBy(agent::doWork).isInstanceOf(AgentTerminationException.class);
        assertThat(heard).containsExactly("failed a fault of the test's", "told a handler");
    }

    @Test
    void shouldGiveTheResultOfACallOrWhatItThrew() {
        CompletableFuture<Long> time = agent.call(agent::nowNs);
        CompletableFuture<Long> failing =
                agent.call(
                        () -> {
                            throw new IOException("no");
                        });

        agent.doWork();

        assertThat(time).isCompletedWithValue(1L);
        assertThat(failing).isCompletedExceptionally();
    }

    @Test
    void shouldDoWhatWasAskedForAndSayGoodByeBeforeItEnds() {
        agent.execute(() -> node.toSendFrom.add(LOCAL));

        agent.close();

        assertThat(transports.get(LOCAL).sent).hasSize(1);
        assertThat(transports.get(LOCAL).closed).isTrue();
    }

    @Test
    void shouldRefuseCommandsOnceItHasEnded() {
        agent.close();

        assertThatThrownBy(() -> agent.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(agent.call(() -> 1)).isCompletedExceptionally();
    }

    @Test
    void shouldOpenASocketForEachAddressOfTheMachine() {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 7);

        agent.followLocalAddresses(7, true);
        agent.doWork();

        assertThat(agent.addresses()).contains(loopback);
        assertThat(node.told).contains("up " + loopback.getAddress().getHostAddress());
        agent.close();
        assertThat(transports.get(loopback).closed).isTrue();
    }

    @ParameterizedTest
    @EnumSource(IdleMode.class)
    void shouldServeOtherThreadsWhateverItDoesWhenIdle(IdleMode mode) throws Exception {
        agent.idle(mode).start("agent-under-test");

        for (int i = 0; i < 100; i++) {
            int number = i;
            assertThat(agent.call(() -> number).get()).isEqualTo(i);
        }

        agent.close();
    }

    /** Rounds of asking and waiting: the agent sleeps in between, and must wake for each. */
    @Test
    void shouldWakeForEveryCommandOfAnotherThread() throws Exception {
        agent.start("agent-under-test");

        for (int i = 0; i < 5_000; i++) {
            int number = i;
            assertThat(agent.call(() -> number).get()).isEqualTo(i);
        }

        agent.close();
    }
}
