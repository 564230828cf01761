package dev.tern.relay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.crypto.identity.PeerId;
import dev.tern.quic.buf.DatagramQueue;
import dev.tern.quic.connection.Transmit;
import dev.tern.quic.wire.ConnectionId;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.SplittableRandom;

class ForwarderTest {
    private static final InetSocketAddress RELAY = new InetSocketAddress("198.51.100.1", 4433);
    private static final InetSocketAddress OLD = new InetSocketAddress("192.0.2.1", 1000);
    private static final InetSocketAddress NEW = new InetSocketAddress("192.0.2.2", 1000);
    private static final InetSocketAddress SENDER = new InetSocketAddress("203.0.113.1", 2000);
    private static final int RELAY_ID = 7;
    private static final long LIFETIME_MS = 60_000;
    private static final long START_MS = 1_700_000_000_000L;
    private static final long NOW_NS = 5_000;
    private static final long MS = 1_000_000L;
    private static final long PEER_RATE = 8_000_000;

    private final RelayKeys keys = new RelayKeys(new byte[16]);
    private final RelayIds ids = relayIds(keys, RELAY_ID);
    private final Registrations registrations = new Registrations();
    private final TokenBucket total = RegisteredPeer.bucket(100_000_000, NOW_NS);
    private final Forwarder forwarder =
            new Forwarder(
                    ids,
                    (b, o, l) -> false,
                    registrations,
                    total,
                    new DatagramQueue(128, Forwarder.SLOT_BYTES));
    private final RegisteredPeer target = peer(1);
    private final RegisteredPeer sender = peer(2);
    private final Transmit transmit = new Transmit();
    private ConnectionId targetId;

    private static RelayIds relayIds(RelayKeys keys, int relayId) {
        return new RelayIds(keys, relayId, LIFETIME_MS, START_MS, 0, NOW_NS);
    }

    private static RegisteredPeer peer(int number) {
        byte[] key = new byte[PeerId.BYTES];
        key[0] = (byte) number;
        return new RegisteredPeer(PeerId.of(key), null, null, PEER_RATE, NOW_NS);
    }

    @BeforeEach
    void register() {
        registrations.add(target);
        registrations.addTag(target, keys.routeTag(target.id(), 1));
        registrations.move(target, RELAY, OLD, true, true);
        registrations.add(sender);
        registrations.addTag(sender, keys.routeTag(sender.id(), 1));
        registrations.move(sender, RELAY, SENDER, true, true);
        targetId = ids.mint(target.newestTag());
    }

    private static byte[] shortHeader(ConnectionId id, int length) {
        byte[] datagram = new byte[length];
        new SplittableRandom(length).nextBytes(datagram);
        datagram[0] = 0x4a;
        id.copyTo(datagram, 1);
        return datagram;
    }

    private static byte[] longHeader(ConnectionId id, int length) {
        byte[] datagram = new byte[length];
        new SplittableRandom(length).nextBytes(datagram);
        datagram[0] = (byte) 0xc3;
        datagram[5] = (byte) id.length();
        id.copyTo(datagram, 6);
        return datagram;
    }

    private boolean take(RegisteredPeer from, byte[] datagram) {
        return forwarder.take(from, 0, datagram, 0, datagram.length, NOW_NS);
    }

    private int polled() {
        int count = 0;
        while (forwarder.poll(transmit)) {
            count++;
        }
        return count;
    }

    @Test
    void shouldForwardLongAndShortHeadersUnchangedWithTheirEcnBits() {
        byte[] first = longHeader(targetId, 1200);
        byte[] second = shortHeader(targetId, 40);

        assertThat(forwarder.take(sender, 2, first, 0, 1200, NOW_NS)).isTrue();
        assertThat(forwarder.take(null, 1, second, 0, 40, NOW_NS)).isTrue();

        assertThat(forwarder.poll(transmit)).isTrue();
        assertThat(transmit.local()).isEqualTo(RELAY);
        assertThat(transmit.remote()).isEqualTo(OLD);
        assertThat(transmit.ecn()).isEqualTo(2);
        assertThat(Arrays.copyOf(transmit.buffer(), transmit.length())).isEqualTo(first);
        assertThat(forwarder.poll(transmit)).isTrue();
        assertThat(transmit.ecn()).isEqualTo(1);
        assertThat(Arrays.copyOf(transmit.buffer(), transmit.length())).isEqualTo(second);
        assertThat(forwarder.poll(transmit)).isFalse();
    }

    @Test
    void shouldLeaveToTheEndpointWhatIsNotRoutable() {
        ConnectionId direct = ConnectionId.of(new byte[] {(byte) 0xe7, 1, 2, 3, 4, 5, 6, 7});
        ConnectionId own = ids.mint(RelayIds.RELAY_TAG);

        assertThat(take(sender, shortHeader(direct, 100))).isFalse();
        assertThat(take(sender, longHeader(direct, 1200))).isFalse();
        assertThat(take(sender, shortHeader(own, 100))).isFalse();
        assertThat(take(sender, longHeader(own, 1200))).isFalse();
        assertThat(take(sender, new byte[0])).isFalse();
        byte[] cut = shortHeader(targetId, 40);
        for (int length = 1; length < 18; length++) {
            assertThat(forwarder.take(sender, 0, cut, 0, length, NOW_NS)).isFalse();
        }
        assertThat(polled()).isZero();
    }

    @Test
    void shouldDropIdsOfAnotherRelayOfAnotherSecretOrOfNobody() {
        ConnectionId sameSecret = relayIds(keys, RELAY_ID + 1).mint(target.newestTag());
        ConnectionId otherSecret =
                relayIds(new RelayKeys(new byte[17]), RELAY_ID).mint(target.newestTag());
        ConnectionId nobodys = ids.mint(target.newestTag() + 1);

        assertThat(take(sender, shortHeader(sameSecret, 100))).isTrue();
        assertThat(take(sender, shortHeader(otherSecret, 100))).isTrue();
        assertThat(take(sender, longHeader(nobodys, 1200))).isTrue();

        assertThat(polled()).isZero();
        assertThat(forwarder.count(Fate.DROPPED_UNKNOWN)).isEqualTo(3);
    }

    @Test
    void shouldDropIdsOfADeadEpoch() {
        ids.onTimeout(NOW_NS + LIFETIME_MS * MS);
        assertThat(take(sender, shortHeader(targetId, 100))).isTrue();
        assertThat(polled()).isEqualTo(1);

        ids.onTimeout(NOW_NS + 2 * LIFETIME_MS * MS);

        assertThat(take(sender, shortHeader(targetId, 100))).isTrue();
        assertThat(polled()).isZero();
    }

    @Test
    void shouldSendThreeTimesTheBytesThatCameFromAnUnvalidatedAddress() {
        registrations.move(target, RELAY, NEW, true, false);
        forwarder.onReceived(target, 1200);

        for (int i = 0; i < 10; i++) {
            take(sender, shortHeader(targetId, 1000));
        }

        assertThat(polled()).isEqualTo(3);
        assertThat(transmit.remote()).isEqualTo(NEW);

        // What the control connection sends there counts, too.
        target.address().onSent(1000);
        forwarder.onReceived(target, 1000);

        assertThat(polled()).isEqualTo(2);

        target.address().validate();
        forwarder.release(target);

        assertThat(polled()).isEqualTo(5);
        assertThat(forwarder.count(Fate.FORWARDED)).isEqualTo(10);
        assertThat(forwarder.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldKeepTheOrderOfWhatIsHeldAndWhatComesAfter() {
        registrations.move(target, RELAY, NEW, true, false);
        byte[] large = shortHeader(targetId, 1400);
        byte[] small = shortHeader(targetId, 100);
        forwarder.onReceived(target, 200);

        take(sender, large);
        take(sender, small);
        assertThat(polled()).isZero();
        forwarder.onReceived(target, 1000);

        assertThat(forwarder.poll(transmit)).isTrue();
        assertThat(transmit.length()).isEqualTo(1400);
        assertThat(forwarder.poll(transmit)).isTrue();
        assertThat(transmit.length()).isEqualTo(100);
    }

    @Test
    void shouldHoldAtMost64KiBForASecond() {
        registrations.move(target, RELAY, NEW, true, false);
        for (int i = 0; i < 100; i++) {
            take(sender, shortHeader(targetId, 1000));
        }
        assertThat(forwarder.count(Fate.DROPPED_UNVALIDATED)).isEqualTo(35);
        assertThat(forwarder.nextDeadlineNs()).isEqualTo(NOW_NS + 1000 * MS);

        forwarder.onTimeout(NOW_NS + 1000 * MS);
        target.address().validate();
        forwarder.release(target);

        assertThat(polled()).isZero();
        assertThat(forwarder.count(Fate.DROPPED_UNVALIDATED)).isEqualTo(100);
    }

    @Test
    void shouldReleaseToTheOldAddressWhenTheNewOneFails() {
        registrations.move(target, RELAY, NEW, true, false);
        take(sender, shortHeader(targetId, 1000));

        registrations.move(target, RELAY, OLD, true, true);
        forwarder.release(target);

        assertThat(polled()).isEqualTo(1);
        assertThat(transmit.remote()).isEqualTo(OLD);
    }

    @Test
    void shouldHoldForABoundedNumberOfPeers() {
        for (int i = 0; i < 300; i++) {
            RegisteredPeer mover = peer(3);
            long tag = 1000L + i;
            registrations.addTag(mover, tag);
            mover.address().moveTo(RELAY, NEW, true, false);
            take(null, shortHeader(ids.mint(tag), 100));
        }

        assertThat(forwarder.count(Fate.DROPPED_UNVALIDATED)).isEqualTo(44);
    }

    @Test
    void shouldNeverSendToAForbiddenAddress() {
        registrations.move(target, RELAY, NEW, false, true);

        assertThat(take(sender, shortHeader(targetId, 100))).isTrue();

        assertThat(polled()).isZero();
        assertThat(forwarder.count(Fate.DROPPED_FORBIDDEN)).isEqualTo(1);
    }

    @Test
    void shouldPoliceARegisteredSenderByItselfAndStrangersByASmallShareOfTheTarget() {
        int strangers = 0;
        int registered = 0;
        for (int i = 0; i < 5000; i++) {
            forwarder.take(null, 0, shortHeader(targetId, 1000), 0, 1000, NOW_NS);
            strangers += polled();
        }
        for (int i = 0; i < 5000; i++) {
            forwarder.take(sender, 0, shortHeader(targetId, 1000), 0, 1000, NOW_NS);
            registered += polled();
        }

        assertThat(strangers).isEqualTo((int) (PEER_RATE / 8 / 4 / 1000));
        assertThat(registered).isEqualTo((int) (PEER_RATE / 4 / 1000));
        assertThat(forwarder.count(Fate.DROPPED_RATE)).isEqualTo(10_000L - strangers - registered);
    }

    @Test
    void shouldDropWhatFindsTheQueueFullOrIsTooLarge() {
        for (int i = 0; i < 130; i++) {
            take(sender, shortHeader(targetId, 100));
        }
        take(sender, shortHeader(targetId, Forwarder.SLOT_BYTES + 1));

        assertThat(polled()).isEqualTo(128);
        assertThat(forwarder.count(Fate.DROPPED_FULL)).isEqualTo(3);
    }

    @Test
    void shouldAllocateNothing() {
        byte[] datagram = shortHeader(targetId, 1200);
        long nowNs = forward(datagram, 20_000, NOW_NS);
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        forward(datagram, 10_000, nowNs);

        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(forwarder.count(Fate.FORWARDED)).isEqualTo(30_000);
        assertThat(allocated).isLessThan(10_000); // not a byte for each datagram
    }

    private long forward(byte[] datagram, int count, long fromNs) {
        long nowNs = fromNs;
        for (int i = 0; i < count; i++) {
            nowNs += MS;
            RegisteredPeer from = registrations.byAddress(SENDER);
            forwarder.take(from, 0, datagram, 0, datagram.length, nowNs);
            forwarder.onReceived(from, datagram.length);
            forwarder.poll(transmit);
        }
        return nowNs;
    }
}
