package dev.tern.quic.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tern.quic.stream.StreamFrameRouter.Piece;
import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class StreamTableTest {
    private static final byte[] BYTES = new byte[20_000];

    private final StreamPeer[] peers = StreamPeer.pair(StreamPeer.limits(100_000, 50_000, 4));
    private final StreamPeer client = peers[0];
    private final StreamPeer server = peers[1];

    @Test
    void shouldNumberStreamsByWhoOpensThemAndTheirDirection() {
        assertThat(client.table.open(true).id()).isEqualTo(0);
        assertThat(client.table.open(true).id()).isEqualTo(4);
        assertThat(client.table.open(false).id()).isEqualTo(2);
        assertThat(server.table.open(true).id()).isEqualTo(1);
        Stream stream = server.table.open(false);
        assertThat(stream.id()).isEqualTo(3);
        assertThat(stream.isBidirectional()).isFalse();
        assertThat(stream.isLocallyInitiated()).isTrue();
        assertThat(stream.receive()).isNull();
    }

    @Test
    void shouldOpenNothingBeforeThePeersParameters() {
        StreamPeer early = new StreamPeer(false, StreamPeer.limits(1, 1, 1), 10);

        assertThat(early.table.open(true)).isNull();

        early.table.onPeerLimits(new StreamLimits(10, 0, 7, 0, 1, 0));
        Stream stream = early.table.open(true);
        assertThat(early.table.open(false)).isNull();
        stream.send().write(BYTES, 0, 10);
        early.send(1200);
        assertThat(early.table.controlSource().hasFramesToSend()).isTrue();
    }

    @Test
    void shouldWaitAtThePeersLimitUntilStreamsAreDone() {
        List<Stream> streams = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            streams.add(client.table.open(false));
        }
        assertThat(client.table.open(false)).isNull();
        assertThat(client.flushTo(server)).isEqualTo("STREAMS_BLOCKED=4");

        streams.get(0).send().finish();
        streams.get(1).send().finish();
        client.flushTo(server);

        assertThat(server.flushTo(client)).isEqualTo("MAX_STREAMS=6");
        assertThat(client.table.open(false).id()).isEqualTo(18);
        assertThat(client.table.streamCount()).isEqualTo(3);
    }

    @Test
    void shouldRefuseStreamsBeyondItsLimit() {
        server.table.onStream(12, 0, BYTES, 0, 1, false);
        refused(
                TransportError.STREAM_LIMIT_ERROR,
                () -> server.table.onStream(16, 0, BYTES, 0, 1, false));
        refused(TransportError.STREAM_LIMIT_ERROR, () -> server.table.onMaxStreamData(16, 1));
        refused(
                TransportError.STREAM_LIMIT_ERROR,
                () -> server.table.onResetStream((1L << 62) - 2, 1, 1));
    }

    @Test
    void shouldOpenAllEarlierStreamsOfTheKind() {
        server.table.onStream(8, 0, BYTES, 0, 1, false);

        assertThat(server.opened.stream().map(Stream::id)).containsExactly(0L, 4L, 8L);
    }

    @Test
    void shouldRefuseFramesThatAStreamsStateForbids() {
        client.table.open(false);
        refused(
                TransportError.STREAM_STATE_ERROR,
                () -> client.table.onStream(2, 0, BYTES, 0, 1, false));
        refused(TransportError.STREAM_STATE_ERROR, () -> client.table.onResetStream(2, 0, 0));
        refused(TransportError.STREAM_STATE_ERROR, () -> client.table.onStreamDataBlocked(2, 0));
        refused(TransportError.STREAM_STATE_ERROR, () -> client.table.onStopSending(3, 0));
        refused(TransportError.STREAM_STATE_ERROR, () -> client.table.onMaxStreamData(3, 0));
        refused(
                TransportError.STREAM_STATE_ERROR,
                () -> client.table.onStream(0, 0, BYTES, 0, 1, false));
        refused(TransportError.STREAM_STATE_ERROR, () -> client.table.onStopSending(6, 0));
    }

    @Test
    void shouldIgnoreLateFramesOfStreamsThatAreDone() {
        client.table.open(false).send().finish();
        client.flushTo(server);
        assertThat(client.table.streamCount() + server.table.streamCount()).isZero();

        server.table.onStream(2, 0, BYTES, 0, 0, true);
        client.table.onStopSending(2, 1);
        client.table.onMaxStreamData(2, 1);

        assertThat(client.table.streamCount() + server.table.streamCount()).isZero();
        assertThat(server.opened).hasSize(1);
    }

    @Test
    void shouldServeUrgentStreamsFirstAndEqualOnesInTurns() {
        Stream bulk = open(7, 3000);
        Stream first = open(3, 3000);
        Stream second = open(3, 3000);
        Stream urgent = open(0, 100);

        assertThat(client.table.dataSource().mostUrgentPending()).isZero();
        assertThat(order())
                .containsExactly(
                        urgent.id(),
                        first.id(),
                        second.id(),
                        first.id(),
                        second.id(),
                        first.id(),
                        second.id(),
                        bulk.id());
        assertThat(client.table.dataSource().mostUrgentPending()).isEqualTo(8);
    }

    @Test
    void shouldLeaveAStreamItsTurnForSoManyBytes() {
        client.table.dataSource().turnBytes(2 * StreamPeer.PACKET_BYTES);
        Stream first = open(3, 4000);
        Stream second = open(3, 1000);
        Stream third = open(3, 4000);

        // The second has less than a turn, and the third fills up its packet.
        assertThat(order())
                .containsExactly(first.id(), second.id(), third.id(), first.id(), third.id());
    }

    @Test
    void shouldGoOnWithTheNextWhereAStreamEndsWithItsTurn() {
        client.table.dataSource().turnBytes(500);
        Stream first = open(3, StreamPeer.PACKET_BYTES - 20);
        Stream second = open(3, 1000);

        assertThat(order()).containsExactly(first.id(), second.id());
    }

    @Test
    void shouldServeWhatIsMoreUrgentInTheMiddleOfATurn() {
        client.table.dataSource().turnBytes(10 * StreamPeer.PACKET_BYTES);
        Stream bulk = open(3, 4000);
        client.send(StreamPeer.PACKET_BYTES);
        Stream urgent = open(1, 100);

        assertThat(order()).containsExactly(urgent.id(), bulk.id());
    }

    @Test
    void shouldPassOverStreamsBeyondTheUrgencyLimit() {
        Stream bulk = open(5, 100);
        StreamDataSource source = client.table.dataSource();
        source.urgencyLimit(4);

        assertThat(source.hasFramesToSend()).isFalse();
        assertThat(source.mostUrgentPending()).isEqualTo(5);
        assertThat(client.send(1200)).isNull();
        bulk.setUrgency(4);
        assertThat(source.hasFramesToSend()).isTrue();
        bulk.setUrgency(5);
        source.urgencyLimit(Stream.MAX_URGENCY);
        assertThat(order()).containsExactly(bulk.id());
    }

    @Test
    void shouldSendLostBytesOfAStreamThatAwaitsCredit() {
        StreamPeer[] pair = StreamPeer.pair(StreamPeer.limits(1000, 50_000, 4));
        Stream stream = pair[0].table.open(true);
        stream.send().write(BYTES, 0, 2000);
        StreamPeer.Flight flight = pair[0].send(1200);
        assertThat(pair[0].table.dataSource().hasFramesToSend()).isFalse();

        flight.packet.notifyLost();

        assertThat(pair[0].table.dataSource().hasFramesToSend()).isTrue();
        assertThat(pair[0].flushTo(pair[1])).contains("STREAM0=0+1000");
        pair[1].opened.remove().receive().read(BYTES, 0, 1000);
        pair[1].flushTo(pair[0]);
        assertThat(pair[0].flushTo(pair[1])).isEqualTo("STREAM0=1000+1000");
    }

    @Test
    void shouldSendOnlyTheNewestLimitAgain() {
        client.table.open(true).send().write(BYTES, 0, 20_000);
        client.flushTo(server);
        ReceiveStream receive = server.opened.remove().receive();
        server.table.onStream(0, 20_000, new byte[20_000], 0, 20_000, false);
        receive.read(new byte[25_000], 0, 25_000);
        StreamPeer.Flight older = server.send(1200);
        server.table.onStream(0, 40_000, new byte[15_000], 0, 15_000, false);
        server.table.onStream(0, 55_000, new byte[15_000], 0, 15_000, false);
        receive.read(new byte[40_000], 0, 40_000);
        StreamPeer.Flight newer = server.send(1200);

        older.packet.notifyLost();
        assertThat(server.send(1200)).isNull();
        newer.packet.notifyLost();
        assertThat(server.flushTo(client)).contains("MAX_STREAM_DATA0=115000");
    }

    @Test
    void shouldForgetABidirectionalStreamWhenBothHalvesAreDone() {
        Stream stream = client.table.open(true);
        stream.send().finish();
        client.flushTo(server);
        assertThat(client.table.streamCount()).isEqualTo(1);
        Stream remote = server.opened.remove();
        assertThat(remote.receive().read(BYTES, 0, 1)).isEqualTo(-1);
        assertThat(server.table.streamCount()).isEqualTo(1);

        remote.send().finish();
        server.flushTo(client);

        assertThat(client.table.streamCount()).isZero();
        assertThat(server.table.streamCount()).isZero();
        assertThat(stream.receive().finished()).isTrue();
    }

    private Stream open(int urgency, int bytes) {
        Stream stream = client.table.open(true);
        stream.setUrgency(urgency);
        stream.send().write(BYTES, 0, bytes);
        return stream;
    }

    /** The streams in the order of their turns. */
    private List<Long> order() {
        server.router.takePieces();
        client.flushTo(server);
        List<Long> ids = new ArrayList<>();
        for (Piece piece : server.router.takePieces()) {
            if (ids.isEmpty() || ids.getLast() != piece.streamId()) {
                ids.add(piece.streamId());
            }
        }
        return ids;
    }

    private static void refused(long code, ThrowingCallable call) {
        assertThatExceptionOfType(TransportException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }
}
