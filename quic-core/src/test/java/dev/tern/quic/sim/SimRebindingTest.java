package dev.tern.quic.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

class SimRebindingTest {
    private static final InetSocketAddress INSIDE = new InetSocketAddress("10.0.0.1", 1000);
    private static final InetSocketAddress SERVER = new InetSocketAddress("192.0.2.2", 2000);
    private static final long MS = 1_000_000;

    private final SimWorld world = new SimWorld(3);
    private final EchoNode client = new EchoNode();
    private final EchoNode server = new EchoNode();
    private final SimRebinding rebinding = new SimRebinding(InetAddress.getByName("203.0.113.1"));

    SimRebindingTest() throws UnknownHostException {
        world.network().host(client).up(INSIDE, world.link().delayNs(MS), rebinding);
        world.network().host(server).up(SERVER);
    }

    private InetSocketAddress sendOne() {
        client.send(INSIDE, SERVER, "hello");
        world.run(world.nowNs() + 10 * MS);
        return server.heard.getLast().remote();
    }

    @Test
    void shouldStandForItsHostsByOnePortEach() {
        server.echoes = true;
        InetSocketAddress first = sendOne();

        assertThat(sendOne()).isEqualTo(first).isNotEqualTo(INSIDE);
        assertThat(client.heard).hasSize(2);
    }

    @Test
    void shouldForgetOnCommandAndLoseWhatComesToTheOldPort() {
        InetSocketAddress before = sendOne();
        rebinding.rebind();

        server.send(SERVER, before, "late");
        world.run(world.nowNs() + 10 * MS);
        assertThat(client.heard).isEmpty();
        assertThat(sendOne().getAddress()).isEqualTo(before.getAddress());
        assertThat(sendOne().getPort()).isNotEqualTo(before.getPort());
    }

    @Test
    void shouldMoveToAnotherAddressOnCommand() throws UnknownHostException {
        server.echoes = true;
        sendOne();
        rebinding.rebind(InetAddress.getByName("203.0.113.9"));

        assertThat(sendOne().getAddress().getHostAddress()).isEqualTo("203.0.113.9");
        assertThat(client.heard).hasSize(2);
    }

    @Test
    void shouldLetAnAttackerSendUnderAnyAddress() {
        InetSocketAddress stranger = new InetSocketAddress("198.51.100.66", 6);
        world.network().inject(new SimPacket(stranger, SERVER, new byte[] {'x'}, 0));
        world.run(world.nowNs() + MS);

        assertThat(server.heard.getLast().remote()).isEqualTo(stranger);
    }
}
