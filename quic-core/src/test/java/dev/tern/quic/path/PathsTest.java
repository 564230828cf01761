package dev.tern.quic.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.cid.PeerConnectionIds;
import dev.tern.quic.cid.ResetTokens;
import dev.tern.quic.congestion.NewReno;
import dev.tern.quic.recovery.SentPacketPool;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.StatelessResetToken;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.util.random.RandomGenerator;

class PathsTest {
    private static final InetSocketAddress HERE = new InetSocketAddress("192.0.2.1", 1000);
    private static final InetSocketAddress ELSEWHERE = new InetSocketAddress("192.0.2.2", 1000);
    private static final InetSocketAddress PEER = new InetSocketAddress("198.51.100.1", 4433);
    private static final InetSocketAddress MOVED = new InetSocketAddress("198.51.100.9", 4433);
    private static final int FULL = Path.MIN_DATAGRAM_BYTES;
    private static final long NOW_NS = 5_000_000_000L;

    private final PeerConnectionIds ids = new PeerConnectionIds(32, new NoResets());
    private final Paths paths = new Paths(ids, () -> new NewReno(FULL), new SentPacketPool());
    private final Path first;

    PathsTest() {
        first = paths.addFirst(HERE, PEER, ids.handshakeId(id(0), null, null), NOW_NS);
        first.trust();
        for (int i = 1; i < 8; i++) {
            ids.onIssued(null, i, 0, id(i), StatelessResetToken.of(new byte[16], 0));
        }
    }

    private static ConnectionId id(int number) {
        return ConnectionId.of(new byte[] {1, 2, 3, (byte) number});
    }

    @Test
    void shouldLetAPathChosenHereStartAtOnce() {
        Path path = paths.add(ELSEWHERE, PEER, true, first, NOW_NS);

        assertThat(path.allowsBytes(10 * FULL)).isTrue();
    }

    @Test
    void shouldAnswerAnAddressThatThePeerCameFromThreefold() {
        Path path = paths.add(HERE, MOVED, false, first, NOW_NS);
        path.onReceived(FULL, NOW_NS);

        assertThat(path.allowsBytes(3 * FULL)).isTrue();
        assertThat(path.allowsBytes(3 * FULL + 1)).isFalse();
    }

    @Test
    void shouldNotSendMoreToAnUnvalidatedAddressForMovingItself() {
        paths.add(HERE, MOVED, false, first, NOW_NS).onReceived(100, NOW_NS);
        Path path = paths.add(ELSEWHERE, MOVED, true, first, NOW_NS);

        path.onDatagramSent(200, NOW_NS);

        for (Path either : paths.all().subList(1, 3)) {
            assertThat(either.allowsBytes(100)).isTrue();
            assertThat(either.allowsBytes(101)).isFalse();
        }
        path.abandon(NOW_NS);
        paths.revive(path, true, NOW_NS);
        assertThat(path.allowsBytes(101)).isFalse();
    }

    @Test
    void shouldTrustAnAddressThatAnsweredElsewhere() {
        Path path = paths.add(HERE, MOVED, false, first, NOW_NS);
        path.onReceived(100, NOW_NS);
        path.trust();

        assertThat(paths.add(ELSEWHERE, MOVED, true, first, NOW_NS).allowsBytes(FULL)).isTrue();
    }

    private static final class NoResets implements ResetTokens {
        @Override
        public void expect(StatelessResetToken token) {}

        @Override
        public void forget(StatelessResetToken token) {}
    }

    @Test
    void shouldSayWhereDataGoesOnThePathItGoesBy() {
        PathSwitching switching = new PathSwitching(paths, first, true);
        switching.enable();
        Path chosen = paths.add(ELSEWHERE, PEER, true, first, NOW_NS);
        switching.switchTo(chosen, SwitchReason.SUSPECT, NOW_NS);
        Path peers = paths.add(HERE, MOVED, false, first, NOW_NS);

        switching.onMigration(peers, NOW_NS);

        assertThat(chosen.frames().isPending()).isFalse();
        assertThat(peers.frames().isPending()).isTrue();
    }

    @Test
    void shouldTellThePeerWhenItFallsBack() {
        PathSwitching switching = new PathSwitching(paths, first, true);
        switching.enable();
        Path chosen = paths.add(ELSEWHERE, PEER, true, first, NOW_NS);
        switching.switchTo(chosen, SwitchReason.SUSPECT, NOW_NS);

        switching.onCurrentFailed(NOW_NS + 1);

        assertThat(switching.current()).isSameAs(first);
        assertThat(first.frames().isPending()).isTrue();
        assertThat(chosen.frames().isPending()).isFalse();
    }

    @Test
    void shouldChallengeAFailedPathAgainWhenThePeerIsThereAfterAll() {
        PathSwitching switching = new PathSwitching(paths, first, false);
        Path moved = paths.add(HERE, MOVED, false, first, NOW_NS);
        switching.onMigration(moved, NOW_NS);
        moved.onReceived(FULL, NOW_NS);
        long lateNs = NOW_NS + 60_000_000_000L;
        assertThat(moved.validationExpired(lateNs)).isTrue();
        assertThat(moved.hasFramesToSend(lateNs)).isFalse();

        switching.onReceived(moved, lateNs);

        assertThat(moved.hasFramesToSend(lateNs)).isTrue();
    }

    @Test
    void shouldSendByAnIdOfNoLengthOnEveryPath() {
        PeerConnectionIds none = new PeerConnectionIds(32, new NoResets());
        Paths nameless = new Paths(none, () -> new NewReno(FULL), new SentPacketPool());
        ConnectionId empty = ConnectionId.of(new byte[0]);
        Path before = nameless.addFirst(HERE, PEER, none.handshakeId(empty, null, null), NOW_NS);

        Path after = nameless.add(HERE, MOVED, false, before, NOW_NS);
        nameless.remove(before);

        assertThat(after.destinationId().id()).isEqualTo(empty);
        assertThat(none.hasFramesToSend()).isFalse();
    }

    @Test
    void shouldGoOnWithTheSameIdWhenANatReboundAPeerThatIssuedNoOther() {
        PeerConnectionIds few = new PeerConnectionIds(32, new NoResets());
        Paths scarce = new Paths(few, () -> new NewReno(FULL), new SentPacketPool());
        Path before = scarce.addFirst(HERE, PEER, few.handshakeId(id(0), null, null), NOW_NS);

        assertThat(scarce.add(HERE, MOVED, false, before, NOW_NS)).isNull();
        Path after = scarce.addRebound(HERE, MOVED, before, NOW_NS);
        scarce.remove(before);

        assertThat(after.destinationId().id()).isEqualTo(id(0));
        assertThat(few.hasFramesToSend()).isFalse();
        scarce.remove(after);
        assertThat(few.hasFramesToSend()).isTrue();
    }

    @Test
    void shouldTakeAnotherIdWhereThereIsOneThoughItWasANat() {
        Path after = paths.addRebound(HERE, MOVED, first, NOW_NS);

        assertThat(after.destinationId().id()).isNotEqualTo(id(0));
    }

    @Test
    void shouldChallengeInLittleAnAddressFromWhichALoneAckCameAndThenInFull() {
        Path path = paths.add(HERE, MOVED, false, first, NOW_NS);
        path.onReceived(33, NOW_NS);
        paths.validate(path, NOW_NS);

        assertThat(path.pathFrameBytes()).isBetween(1, 99);
        assertThat(path.validationDeadlineNs()).isEqualTo(NOW_NS);
        assertThat(challenge(path, 77)).isFalse();
        paths.onResponse(path, 77, NOW_NS + 1);
        assertThat(path.isValidated()).isFalse();
        assertThat(path.hasFramesToSend(NOW_NS + 1)).isTrue();

        assertThat(challenge(path, 78)).isTrue();
        paths.onResponse(path, 78, NOW_NS + 2);
        assertThat(path.isValidated()).isTrue();
    }

    /** Returns whether the datagram must be filled up. */
    private static boolean challenge(Path path, long data) {
        ByteWriter out = new ByteWriter();
        out.wrap(new byte[FULL], 0, path.pathFrameBytes());
        RandomGenerator random = () -> data;
        return path.writeFrames(out, new SentPacketPool().take(), random, NOW_NS + 1);
    }
}
