package dev.tern.quic.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tern.quic.flow.BufferTuning;
import dev.tern.quic.stream.StreamFrameRouter.Piece;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

class SendStreamTest {
    private static final byte[] BYTES = new byte[300_000];

    static {
        new Random(2).nextBytes(BYTES);
    }

    private final StreamPeer[] peers = StreamPeer.pair(StreamPeer.limits(100_000, 100_000, 10));
    private final StreamPeer client = peers[0];
    private final StreamPeer server = peers[1];
    private final SendStream stream = client.table.open(false).send();

    /** Packets are lost, acknowledged late, acknowledged after they were declared lost. */
    @Property(tries = 150)
    void shouldDeliverEveryByteWhateverIsLost(@ForAll long seed) {
        Random random = new Random(seed);
        StreamPeer[] pair = StreamPeer.pair(StreamPeer.limits(50_000, 30_000, 10));
        SendStream send = pair[0].table.open(false).send();
        int total = random.nextInt(BYTES.length);
        int written = 0;
        int read = 0;
        byte[] some = new byte[20_000];
        BitSet acked = new BitSet();
        List<StreamPeer.Flight> inFlight = new ArrayList<>();
        ReceiveStream receive = null;
        int n = 0;
        for (int step = 0; n >= 0; step++) {
            assertThat(step).isLessThan(100_000);
            if (written < total) {
                written += send.write(BYTES, written, Math.min(total - written, 7000));
            } else {
                send.finish();
            }
            StreamPeer.Flight flight;
            while ((flight = pair[0].send(100 + random.nextInt(1100))) != null) {
                assertNothingAckedIsSent(flight, acked);
                if (random.nextInt(4) > 0) {
                    pair[1].receive(flight);
                    inFlight.add(flight);
                } else {
                    flight.packet.notifyLost();
                }
            }
            while (!inFlight.isEmpty() && random.nextInt(4) > 0) {
                StreamPeer.Flight arrived = inFlight.remove(random.nextInt(inFlight.size()));
                if (random.nextInt(4) == 0) {
                    arrived.packet.notifyLost();
                }
                arrived.packet.notifyAcked();
                noteAcked(arrived, acked);
            }
            Stream opened = pair[1].opened.poll();
            receive = opened == null ? receive : opened.receive();
            if (receive != null) {
                n = receive.read(some, 0, 1 + random.nextInt(some.length));
                if (n > 0) {
                    assertThat(Arrays.equals(some, 0, n, BYTES, read, read + n)).isTrue();
                    read += n;
                }
            }
            pair[1].flushTo(pair[0]);
        }
        assertThat(read).isEqualTo(total);
        inFlight.forEach(flight -> flight.packet.notifyAcked());
        assertThat(send.state()).isEqualTo(SendState.DATA_RECVD);
        assertThat(pair[0].table.streamCount()).isZero();
        assertThat(pair[1].table.streamCount()).isZero();
        assertThat(pair[0].table.heldBytes()).isZero();
    }

    @Test
    void shouldLetAWriterGoNoFurtherAheadOfTheNetworkThanCachesHold() {
        StreamLimits limits = StreamPeer.limits(10 << 20, 10 << 20, 10);
        StreamPeer peer = new StreamPeer(false, limits, 4 << 20);
        peer.table.onPeerLimits(limits);
        SendStream send = peer.table.open(false).send();
        byte[] most = new byte[4 << 20];
        int ahead = send.write(most, 0, most.length);

        assertThat(ahead).isEqualTo(512 << 10);
        assertThat(send.writableBytes()).isZero();

        int sent = 0;
        while (peer.writableCalls == 0) {
            peer.send(StreamPeer.PACKET_BYTES);
            sent = send.writableBytes();
        }

        // Woken once there is work for it, and not for each packet; none was acknowledged.
        assertThat(sent).isBetween(ahead / 2, ahead / 2 + StreamPeer.PACKET_BYTES);
        assertThat(send.write(most, 0, most.length)).isEqualTo(sent);
    }

    @Test
    void shouldLetTheWritersOfManyStreamsBeLessFarAhead() {
        StreamLimits limits = StreamPeer.limits(10 << 20, 10 << 20, 1000);
        StreamPeer peer = new StreamPeer(false, limits, 4 << 20);
        peer.table.onPeerLimits(limits);
        SendStream first = peer.table.open(false).send();
        for (int i = 1; i < 8; i++) {
            peer.table.open(false);
        }
        byte[] most = new byte[4 << 20];

        assertThat(first.write(most, 0, most.length)).isEqualTo(256 << 10);

        SendStream last = first;
        for (int i = 8; i < 1000; i++) {
            last = peer.table.open(false).send();
        }
        assertThat(last.write(most, 0, most.length)).isEqualTo(64 << 10);
    }

    private static void assertNothingAckedIsSent(StreamPeer.Flight flight, BitSet acked) {
        for (Piece piece : pieces(flight)) {
            int next = acked.nextSetBit((int) piece.from());
            assertThat(next < 0 || next >= piece.to()).isTrue();
        }
    }

    private static void noteAcked(StreamPeer.Flight flight, BitSet acked) {
        for (Piece piece : pieces(flight)) {
            acked.set((int) piece.from(), (int) piece.to());
        }
    }

    /** What STREAM frames the packet carries, as a peer of its own hears it. */
    private static List<Piece> pieces(StreamPeer.Flight flight) {
        StreamPeer listener = new StreamPeer(true, StreamPeer.limits(1 << 20, 1 << 20, 10), 1);
        listener.receive(flight);
        return listener.router.takePieces();
    }

    @Test
    void shouldTellAWriterOnceAQuarterOfTheBufferIsFree() {
        stream.write(BYTES, 0, BYTES.length);
        List<StreamPeer.Flight> flights = new ArrayList<>();
        StreamPeer.Flight flight;
        while ((flight = client.send(StreamPeer.PACKET_BYTES)) != null) {
            flights.add(flight);
        }
        client.writableCalls = 0;

        int acked = 0;
        while (client.writableCalls == 0) {
            flights.get(acked++).packet.notifyAcked();
        }
        assertThat(acked * StreamPeer.PACKET_BYTES)
                .isBetween(1 << 14, (1 << 14) + 2 * StreamPeer.PACKET_BYTES);

        flights.subList(acked, flights.size()).forEach(each -> each.packet.notifyAcked());
        assertThat(client.writableCalls).isEqualTo(1);
    }

    @Test
    void shouldTellWhoeverAsksForMoreRoomThanThereIs() {
        stream.write(BYTES, 0, (1 << 16) - 1000);
        List<StreamPeer.Flight> flights = new ArrayList<>();
        StreamPeer.Flight flight;
        while ((flight = client.send(StreamPeer.PACKET_BYTES)) != null) {
            flights.add(flight);
        }
        assertThat(stream.writableBytes()).isEqualTo(1000);

        int told = 0;
        for (StreamPeer.Flight each : flights) {
            client.writableCalls = 0;
            each.packet.notifyAcked();
            told += client.writableCalls;
            // Still not enough for this writer: it asks again.
            assertThat(client.writableCalls == 0 || stream.writableBytes() > 0).isTrue();
        }

        assertThat(told).isGreaterThan(10);
        assertThat(stream.writableBytes()).isEqualTo(1 << 16);
    }

    /** Whatever is acknowledged when, and however the buffer shrinks and grows meanwhile. */
    @Property(tries = 300)
    void shouldLeaveNoWriterWaitingOnceAllIsAcknowledged(@ForAll long seed) {
        Random random = new Random(seed);
        BufferTuning tuning = new BufferTuning(0, 0, 40_000 + random.nextInt(200_000), 1 << 20);
        StreamPeer peer = new StreamPeer(false, StreamPeer.limits(1 << 30, 1 << 30, 1), tuning);
        peer.table.onPeerLimits(StreamPeer.limits(1 << 30, 1 << 30, 1));
        SendStream send = peer.table.open(false).send();
        List<StreamPeer.Flight> inFlight = new ArrayList<>();
        for (int step = 0; step < 200; step++) {
            peer.writableCalls = 0;
            while (send.write(BYTES, 0, BYTES.length) > 0) {
                // until there is no room
            }
            do {
                tuning.onStreams(1 + random.nextInt(6));
                tuning.onPath(step, 1_000_000, 1_000_000, random.nextInt(1 << 18));
                StreamPeer.Flight flight = peer.send(StreamPeer.PACKET_BYTES);
                if (flight != null) {
                    inFlight.add(flight);
                }
                if (!inFlight.isEmpty() && (flight == null || random.nextBoolean())) {
                    inFlight.remove(random.nextInt(inFlight.size())).packet.notifyAcked();
                }
            } while (peer.writableCalls == 0 && (!inFlight.isEmpty() || canSend(peer)));

            assertThat(peer.writableCalls).isPositive();
        }
    }

    private static boolean canSend(StreamPeer peer) {
        return peer.table.dataSource().hasFramesToSend();
    }

    @Test
    void shouldTakeOnlyWhatFitsTheBuffer() {
        assertThat(stream.write(BYTES, 0, BYTES.length)).isEqualTo(1 << 16);
        assertThat(stream.writableBytes()).isZero();
        assertThat(stream.write(BYTES, 0, 1)).isZero();
        assertThat(client.writableCalls).isZero();

        client.flushTo(server);

        assertThat(client.writableCalls).isPositive();
        assertThat(stream.writableBytes()).isEqualTo(1 << 16);
    }

    @Test
    void shouldSendLostBytesBeforeNewOnes() {
        stream.write(BYTES, 0, 3000);
        StreamPeer.Flight first = client.send(1200);
        client.send(1200);

        first.packet.notifyLost();

        server.receive(client.send(1200));
        assertThat(server.router.takeNames()).startsWith("STREAM2=0+");
    }

    @Test
    void shouldNotSendAgainWhatASpuriouslyLostPacketDelivered() {
        stream.write(BYTES, 0, 1000);
        StreamPeer.Flight flight = client.send(1200);
        flight.packet.notifyLost();
        assertThat(client.table.dataSource().hasFramesToSend()).isTrue();

        flight.packet.notifyAcked();

        assertThat(client.send(1200)).isNull();
    }

    @Test
    void shouldSendFinAloneAndAgainWhenLost() {
        stream.write(BYTES, 0, 10);
        client.flushTo(server);
        stream.finish();

        client.send(1200).packet.notifyLost();

        assertThat(client.flushTo(server)).isEqualTo("STREAM2=10+0F");
        assertThat(client.table.streamCount()).isZero();
    }

    @Test
    void shouldFillThePacketToTheLastByte() {
        stream.write(BYTES, 0, 50_000);

        assertThat(client.send(1200).payload.length).isBetween(1199, 1200);
        assertThat(client.send(64).payload.length).isBetween(63, 64);
    }

    @Test
    void shouldWriteNothingWhereAHeaderHasNoRoom() {
        stream.write(BYTES, 0, 100);

        assertThat(client.table.dataSource().hasFramesToSend()).isTrue();
        assertThatThrownBy(() -> client.send(3)).isInstanceOf(AssertionError.class);
        assertThat(client.flushTo(server)).isEqualTo("STREAM2=0+100");
    }

    @Test
    void shouldTellThatTheStreamsLimitBlocksIt() {
        StreamPeer[] pair = StreamPeer.pair(StreamPeer.limits(100_000, 500, 10));
        pair[0].table.open(false).send().write(BYTES, 0, 501);

        assertThat(pair[0].flushTo(pair[1])).isEqualTo("STREAM2=0+500 STREAM_DATA_BLOCKED2=500");
        pair[1].opened.remove().receive().read(new byte[500], 0, 500);
        assertThat(pair[1].flushTo(pair[0])).isEqualTo("MAX_STREAM_DATA2=1000");
        assertThat(pair[0].flushTo(pair[1])).isEqualTo("STREAM2=500+1");
    }

    @Test
    void shouldTellThatTheConnectionsLimitBlocksItButResendWithoutCredit() {
        StreamPeer[] pair = StreamPeer.pair(StreamPeer.limits(500, 100_000, 10));
        pair[0].table.open(false).send().write(BYTES, 0, 501);
        StreamPeer.Flight flight = pair[0].send(1200);
        assertThat(pair[0].flushTo(pair[1])).isEqualTo("DATA_BLOCKED=500");

        flight.packet.notifyLost();

        assertThat(pair[0].flushTo(pair[1])).isEqualTo("STREAM2=0+500");
        pair[1].opened.remove().receive().read(new byte[500], 0, 500);
        assertThat(pair[1].flushTo(pair[0])).isEqualTo("MAX_DATA=1000");
        assertThat(pair[0].flushTo(pair[1])).isEqualTo("STREAM2=500+1");
    }

    @Test
    void shouldResetWithWhatWasSentAsFinalSize() {
        stream.write(BYTES, 0, 3000);
        StreamPeer.Flight flight = client.send(1200);
        long sent = flight.payload.length - 4L;

        stream.reset(9);

        flight.packet.notifyLost();
        client.send(1200).packet.notifyLost();
        assertThat(client.flushTo(server)).startsWith("RESET_STREAM2=9@").endsWith("" + sent);
        assertThat(stream.state()).isEqualTo(SendState.RESET_RECVD);
        assertThat(client.table.streamCount()).isZero();
        assertThatThrownBy(() -> stream.write(BYTES, 0, 1))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldAnswerStopSendingByResetWithItsCode() {
        stream.write(BYTES, 0, 10);
        client.flushTo(server);
        server.opened.remove().receive().stopSending(44);

        assertThat(server.flushTo(client)).isEqualTo("STOP_SENDING2=44");

        assertThatExceptionOfType(StreamResetException.class)
                .isThrownBy(() -> stream.write(BYTES, 0, 1))
                .satisfies(e -> assertThat(e.code()).isEqualTo(44));
        assertThat(client.flushTo(server)).isEqualTo("RESET_STREAM2=44@10");
        assertThat(server.table.streamCount()).isZero();
        assertThat(client.table.streamCount()).isZero();
    }

    @Test
    void shouldFollowTheStatesOfTheSpecification() {
        assertThat(stream.state()).isEqualTo(SendState.READY);
        stream.write(BYTES, 0, 10);
        StreamPeer.Flight first = client.send(1200);
        assertThat(stream.state()).isEqualTo(SendState.SEND);
        stream.finish();
        StreamPeer.Flight last = client.send(1200);
        assertThat(stream.state()).isEqualTo(SendState.DATA_SENT);
        last.packet.notifyAcked();
        assertThat(stream.state()).isEqualTo(SendState.DATA_SENT);
        first.packet.notifyAcked();
        assertThat(stream.state()).isEqualTo(SendState.DATA_RECVD);
        assertThatThrownBy(() -> stream.write(BYTES, 0, 1))
                .isInstanceOf(IllegalStateException.class);
    }
}
