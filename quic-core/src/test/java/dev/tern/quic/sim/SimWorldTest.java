package dev.tern.quic.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

class SimWorldTest {
    private static final InetSocketAddress A = new InetSocketAddress("192.0.2.1", 1000);
    private static final InetSocketAddress B = new InetSocketAddress("192.0.2.2", 2000);
    private static final long MS = 1_000_000;
    private static final long ORIGIN = SimWorld.ORIGIN_NS;

    private final SimWorld world = new SimWorld(1);

    @Test
    void shouldDoThingsInOrderOfTimeThenOfScheduling() {
        List<String> done = new ArrayList<>();
        world.at(ORIGIN + 20, () -> done.add("c"));
        world.at(ORIGIN + 10, () -> done.add("a"));
        world.at(ORIGIN + 10, () -> done.add("b"));
        world.at(ORIGIN + 31, () -> done.add("d"));

        world.run(ORIGIN + 30);

        assertThat(done).containsExactly("a", "b", "c");
        assertThat(world.nowNs()).isEqualTo(ORIGIN + 30);
        assertThat(world.runUntil(() -> done.size() == 4, ORIGIN + 99)).isTrue();
        assertThat(world.nowNs()).isEqualTo(ORIGIN + 31);
        assertThat(world.runUntil(() -> false, ORIGIN + 99)).isFalse();
    }

    @Test
    void shouldCallNodesAtTheirDeadline() {
        EchoNode node = new EchoNode();
        world.network().host(node).up(A);
        node.deadlineNs = ORIGIN + 7;
        world.at(ORIGIN + 3, () -> node.deadlineNs = ORIGIN + 5);

        world.run(ORIGIN + 10);

        assertThat(node.events).containsExactly("up 1000", "timeout 5");
    }

    @Test
    void shouldRefuseANodeThatMakesNoProgress() {
        EchoNode node =
                new EchoNode() {
                    @Override
                    public void onTimeout(long nowNs) {}
                };
        world.network().host(node).up(A);
        node.deadlineNs = ORIGIN + 7;

        assertThatThrownBy(() -> world.run(ORIGIN + 10))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no progress");
    }

    @Test
    void shouldTakeTheSameCourseForTheSameSeed() {
        assertThat(courseOf(7)).isEqualTo(courseOf(7));
        assertThat(courseOf(7)).isNotEqualTo(courseOf(8));
    }

    private static long courseOf(long seed) {
        SimWorld world = new SimWorld(seed);
        EchoNode a = new EchoNode();
        EchoNode b = new EchoNode();
        b.echoes = true;
        SimLink link =
                world.link().delayNs(5 * MS).loss(0.1).reorder(0.1, MS).duplicate(0.1).corrupt(0.1);
        world.network().host(a).up(A, link);
        world.network().host(b).up(B, world.link().rate(1_000_000, 3000));
        for (int i = 0; i < 200; i++) {
            String text = "datagram " + i;
            world.at(ORIGIN + i * MS / 3, () -> a.send(A, B, text));
        }
        world.run(ORIGIN + 1000 * MS);
        assertThat(a.heard).hasSizeBetween(100, 250);
        return world.traceHash();
    }
}
