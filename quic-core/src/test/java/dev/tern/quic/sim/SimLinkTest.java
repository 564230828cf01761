package dev.tern.quic.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;

class SimLinkTest {
    private static final InetSocketAddress A = new InetSocketAddress("192.0.2.1", 1000);
    private static final InetSocketAddress B = new InetSocketAddress("192.0.2.2", 2000);
    private static final long MS = 1_000_000;
    private static final long ORIGIN = SimWorld.ORIGIN_NS;

    private final SimWorld world = new SimWorld(3);
    private final SimLink link = world.link();
    private final EchoNode a = new EchoNode();
    private final EchoNode b = new EchoNode();

    SimLinkTest() {
        world.network().host(a).up(A, link);
        world.network().host(b).up(B);
    }

    private void send(int count, int length) {
        for (int i = 0; i < count; i++) {
            a.send(A, B, (i + "-" + "x".repeat(length)).substring(0, length));
        }
        world.run(world.nowNs() + 10_000 * MS);
    }

    @Test
    void shouldTakeItsDelayInBothDirections() {
        link.delayNs(15 * MS);
        b.echoes = true;
        send(1, 10);

        assertThat(b.heard.getFirst().atNs()).isEqualTo(ORIGIN + 15 * MS);
        assertThat(a.heard.getFirst().atNs()).isEqualTo(ORIGIN + 30 * MS);
        assertThat(a.heard.getFirst().ecn()).isEqualTo(2);
    }

    @Test
    void shouldSpacePacketsByItsRateAndDropThoseBeyondItsQueue() {
        // 1000 bytes take a millisecond; one on the line and five behind it.
        link.rate(8_000_000, 5000);
        send(10, 1000);

        assertThat(b.heard).hasSize(6);
        for (int i = 0; i < 6; i++) {
            assertThat(b.heard.get(i).atNs()).isEqualTo(ORIGIN + (i + 1) * MS);
        }
    }

    @Test
    void shouldDropTheChosenDatagrams() {
        link.dropOutbound(index -> index == 1 || index == 3);
        send(5, 2);

        assertThat(b.texts()).containsExactly("0-", "2-", "4-");
    }

    @Test
    void shouldDropTheChosenAnswers() {
        link.dropInbound(index -> index == 0);
        b.echoes = true;
        send(2, 2);

        assertThat(a.texts()).containsExactly("re:1-");
    }

    @Test
    void shouldDropWhatIsLargerThanItsMtu() {
        link.mtuBytes(1200);
        send(1, 1200);
        send(1, 1201);

        assertThat(b.heard).hasSize(1);
    }

    @Test
    void shouldCarryNothingWhileDown() {
        link.up(false);
        send(1, 5);
        assertThat(b.heard).isEmpty();
        link.up(true);
        send(1, 5);
        assertThat(b.heard).hasSize(1);
    }

    @Test
    void shouldLoseDuplicateCorruptAndReorderAsOftenAsAsked() {
        link.loss(0.3);
        send(1000, 10);
        assertThat(b.heard).hasSizeBetween(640, 760);
        b.heard.clear();
        link.loss(0).duplicate(0.2);
        send(1000, 10);
        assertThat(b.heard).hasSizeBetween(1140, 1260);
        b.heard.clear();
        link.duplicate(0).corrupt(0.2);
        send(1000, 10);
        assertThat(b.texts().stream().filter(text -> !text.matches("\\d+-x*")).count())
                .isBetween(100L, 260L);
        b.heard.clear();
        link.corrupt(0).reorder(0.2, MS);
        send(1000, 10);
        long late = b.heard.getLast().atNs();
        assertThat(b.heard.stream().filter(heard -> heard.atNs() == late).count())
                .isBetween(140L, 260L);
    }

    @Test
    void shouldMarkCongestionOnWhatCanBeMarked() {
        link.profile(LinkProfile.PERFECT.rate(8_000_000, 50_000, 2500));
        send(5, 1000);

        assertThat(b.heard).extracting(EchoNode.Heard::ecn).containsExactly(2, 2, 2, 3, 3);
    }

    @Test
    void shouldTakeOverAProfileAndItsBetterSelf() {
        LinkProfile bad = LinkProfile.PERFECT.delay(MS, 0).loss(1);
        link.profile(bad);
        send(3, 10);
        assertThat(b.heard).isEmpty();

        link.profile(bad.withoutFaults());
        send(1, 10);
        assertThat(b.heard).hasSize(1);
    }
}
