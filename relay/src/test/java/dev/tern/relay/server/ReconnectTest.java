package dev.tern.relay.server;

import static dev.tern.relay.server.RelayWorld.A;
import static dev.tern.relay.server.RelayWorld.B;
import static dev.tern.relay.server.RelayWorld.MOVED;
import static dev.tern.relay.server.RelayWorld.MS;
import static dev.tern.relay.server.RelayWorld.RELAY;
import static dev.tern.relay.server.RelayWorld.SECOND;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.sim.SimHost;

import org.junit.jupiter.api.Test;

class ReconnectTest {
    private final RelayWorld world = new RelayWorld(40);
    private final TestPeer a = world.peer();

    @Test
    void shouldTryUntilTheRelayIsThere() {
        world.relayHost.down(RELAY);
        world.host(a, A);
        world.pass(25 * SECOND);
        assertThat(a.session.isUp()).isFalse();
        assertThat(a.events).isNotEmpty().allMatch(event -> event.startsWith("down: IDLE"));

        world.startRelay();

        assertThat(world.until(a.session::isUp)).isTrue();
    }

    @Test
    void shouldOpenANewConnectionWhereTheOldOneCannotFollow() {
        SimHost host = world.host(a, A);
        world.pass(30 * MS);

        host.down(A);
        host.up(MOVED, world.world.link().delayNs(10 * MS));

        assertThat(a.session.moveTo(MOVED, world.world.nowNs())).isFalse();
        assertThat(world.until(a.session::isUp)).isTrue();
        assertThat(a.observed).endsWith(MOVED);
        assertThat(a.events).containsExactly("up");
    }

    @Test
    void shouldAskAgainForADialThatTheOldConnectionDidNotAnswer() {
        TestPeer b = world.peer();
        world.host(a, A);
        world.host(b, B);
        world.until(() -> a.session.isUp() && b.session.isUp());

        a.session.dial(b.id(), world.world.nowNs());
        world.relayHost.down(RELAY);
        b.session.ping();
        world.startRelay();

        assertThat(world.until(() -> !a.dialled.isEmpty())).isTrue();
        assertThat(a.events)
                .containsExactly(
                        "up", "down: STATELESS_RESET: stateless reset", "up", "dialled " + b.id());
    }

    @Test
    void shouldStayDownOnceClosed() {
        world.host(a, A);
        world.until(a.session::isUp);

        a.session.close(world.world.nowNs());
        world.pass(60 * SECOND);

        assertThat(a.session.isUp()).isFalse();
        assertThat(a.session.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
        assertThat(world.relay.registrationCount()).isZero();
    }
}
