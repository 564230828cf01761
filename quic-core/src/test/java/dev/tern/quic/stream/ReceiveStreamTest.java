package dev.tern.quic.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

class ReceiveStreamTest {
    private static final long WINDOW_BYTES = 40_000;
    private static final byte[] BYTES = new byte[50_000];

    static {
        new Random(1).nextBytes(BYTES);
    }

    private final StreamPeer server =
            new StreamPeer(true, StreamPeer.limits(60_000, WINDOW_BYTES, 4), 1000);

    private ReceiveStream stream(long id) {
        server.table.onStream(id, 0, BYTES, 0, 0, false);
        return server.table.stream(id).receive();
    }

    private void data(long id, int offset, int length, boolean fin) {
        server.table.onStream(id, offset, BYTES, offset, length, fin);
    }

    @Property(tries = 200)
    void shouldGiveTheSameBytesWhateverTheOrderOfPieces(
            @ForAll @IntRange(max = 39_000) int length, @ForAll long seed) {
        Random random = new Random(seed);
        StreamPeer peer = new StreamPeer(true, StreamPeer.limits(60_000, WINDOW_BYTES, 4), 1000);
        peer.table.onStream(0, 0, BYTES, 0, 0, false);
        ReceiveStream stream = peer.table.stream(0).receive();
        List<int[]> pieces = new ArrayList<>();
        for (int from = 0; from < length; ) {
            int size = Math.min(1 + random.nextInt(4000), length - from);
            int overlap = random.nextInt(3) == 0 ? random.nextInt(from + 1) : from;
            pieces.add(new int[] {Math.min(overlap, from), from + size});
            from += size;
        }
        pieces.add(new int[] {length, length});
        Collections.shuffle(pieces, random);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] some = new byte[5000];
        for (int[] piece : pieces) {
            boolean fin = piece[1] == length;
            peer.table.onStream(0, piece[0], BYTES, piece[0], piece[1] - piece[0], fin);
            if (random.nextBoolean()) {
                int n = stream.read(some, 0, random.nextInt(some.length));
                read.write(some, 0, Math.max(n, 0));
            }
        }
        int n;
        while ((n = stream.read(some, 0, some.length)) > 0) {
            read.write(some, 0, n);
        }

        assertThat(n).isEqualTo(-1);
        assertThat(stream.finished()).isTrue();
        assertThat(read.toByteArray()).isEqualTo(Arrays.copyOf(BYTES, length));
        assertThat(stream.state()).isEqualTo(ReceiveState.DATA_READ);
        assertThat(peer.table.heldBytes()).isZero();
    }

    @Test
    void shouldTellNothingNowFromEnd() {
        ReceiveStream stream = stream(2);
        byte[] some = new byte[10];

        assertThat(stream.read(some, 0, 10)).isZero();
        data(2, 0, 3, false);
        assertThat(stream.readableBytes()).isEqualTo(3);
        assertThat(stream.read(some, 0, 10)).isEqualTo(3);
        assertThat(stream.read(some, 0, 10)).isZero();
        data(2, 3, 0, true);
        assertThat(stream.read(some, 0, 10)).isEqualTo(-1);
        assertThat(server.table.stream(2)).isNull();
    }

    @Test
    void shouldRefuseDataPastTheStreamsLimit() {
        data(0, (int) WINDOW_BYTES - 1, 1, false);

        refused(
                TransportError.FLOW_CONTROL_ERROR,
                () -> server.table.onStream(0, WINDOW_BYTES, BYTES, 0, 1, false));
    }

    @Test
    void shouldRefuseDataPastTheConnectionsLimit() {
        data(0, 39_000, 1000, false);
        data(4, 19_000, 1000, false);

        refused(TransportError.FLOW_CONTROL_ERROR, () -> data(8, 0, 1, false));
    }

    @Test
    void shouldCountEachByteOnceTowardsTheConnectionsLimit() {
        for (int i = 0; i < 10; i++) {
            data(0, 0, 39_000, false);
        }
        data(4, 0, 20_000, false);

        assertThat(server.table.heldBytes()).isEqualTo(59_000);
    }

    @Test
    void shouldRefuseResetWithFinalSizePastTheLimit() {
        refused(
                TransportError.FLOW_CONTROL_ERROR,
                () -> server.table.onResetStream(0, 1, WINDOW_BYTES + 1));
    }

    @Test
    void shouldHoldThePeerToOneFinalSize() {
        data(0, 0, 100, false);
        refused(TransportError.FINAL_SIZE_ERROR, () -> data(0, 0, 99, true));
        data(0, 90, 10, true);
        refused(TransportError.FINAL_SIZE_ERROR, () -> data(0, 100, 1, false));
        refused(TransportError.FINAL_SIZE_ERROR, () -> data(0, 0, 50, true));
        refused(TransportError.FINAL_SIZE_ERROR, () -> data(0, 0, 101, true));
        refused(TransportError.FINAL_SIZE_ERROR, () -> server.table.onResetStream(0, 1, 101));
        data(0, 50, 50, true);
        server.table.onResetStream(0, 1, 100);
    }

    @Test
    void shouldRefuseResetBelowWhatWasReceived() {
        data(0, 0, 100, false);

        refused(TransportError.FINAL_SIZE_ERROR, () -> server.table.onResetStream(0, 1, 99));
    }

    @Test
    void shouldHoldThePeerToTheFinalSizeOfItsReset() {
        server.table.onResetStream(0, 7, 100);

        refused(TransportError.FINAL_SIZE_ERROR, () -> data(0, 100, 1, false));
        refused(TransportError.FINAL_SIZE_ERROR, () -> server.table.onResetStream(0, 7, 99));
        data(0, 0, 100, true);
    }

    @Test
    void shouldThrowTheCodeOfTheResetAndGiveTheConnectionItsCreditBack() {
        ReceiveStream stream = stream(2);
        data(2, 0, 10, false);

        server.table.onResetStream(2, 77, 35_000);

        assertThat(stream.finished()).isTrue();
        assertThatExceptionOfType(StreamResetException.class)
                .isThrownBy(() -> stream.read(new byte[10], 0, 10))
                .satisfies(e -> assertThat(e.code()).isEqualTo(77));
        assertThat(server.table.controlSource().maxData().isDue()).isTrue();
        assertThat(server.table.stream(2)).isNull();
    }

    @Test
    void shouldNotCallAResetAnEndThoughAllBytesWereRead() {
        ReceiveStream stream = stream(2);
        data(2, 0, 10, false);
        stream.read(new byte[10], 0, 10);

        server.table.onResetStream(2, 77, 10);

        assertThatExceptionOfType(StreamResetException.class)
                .isThrownBy(() -> stream.read(new byte[10], 0, 10));
    }

    @Test
    void shouldIgnoreResetOnceAllDataArrived() {
        ReceiveStream stream = stream(2);
        data(2, 0, 10, true);

        server.table.onResetStream(2, 77, 10);

        assertThat(stream.read(new byte[10], 0, 10)).isEqualTo(10);
        assertThat(stream.read(new byte[10], 0, 10)).isEqualTo(-1);
    }

    @Test
    void shouldDropWhatArrivesAfterStopSendingAndStillGiveCredit() {
        ReceiveStream stream = stream(2);
        data(2, 0, 10, false);

        stream.stopSending(5);
        assertThat(stream.hasControlFrames()).isTrue();
        assertThat(server.table.heldBytes()).isZero();
        data(2, 100, 39_000, false);
        assertThat(server.table.heldBytes()).isZero();
        assertThat(server.table.controlSource().maxData().isDue()).isTrue();
        assertThat(server.table.stream(2)).isNotNull();
        server.table.onResetStream(2, 5, 39_100);
        assertThat(server.table.stream(2)).isNull();
        assertThatThrownBy(() -> stream.read(new byte[1], 0, 1))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldCloseAtTooManyGaps() {
        for (int i = 0; i < ReceiveStream.MAX_GAPS; i++) {
            data(0, 1 + 2 * i, 1, false);
        }

        refused(
                TransportError.INTERNAL_ERROR,
                () -> data(0, 1 + 2 * ReceiveStream.MAX_GAPS, 1, false));
    }

    @Test
    void shouldAnnounceMoreWhenHalfTheWindowIsRead() {
        ReceiveStream stream = stream(0);
        data(0, 0, 39_000, false);

        stream.read(new byte[19_999], 0, 19_999);
        assertThat(stream.hasControlFrames()).isFalse();
        stream.read(new byte[1], 0, 1);
        assertThat(stream.hasControlFrames()).isTrue();
        server.table.onStream(0, WINDOW_BYTES + 19_999, BYTES, 0, 1, false);
    }

    private static void refused(long code, ThrowingCallable call) {
        assertThatExceptionOfType(TransportException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }
}
