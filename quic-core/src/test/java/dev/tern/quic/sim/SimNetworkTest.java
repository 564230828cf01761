package dev.tern.quic.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

class SimNetworkTest {
    private static final InetSocketAddress A = new InetSocketAddress("192.0.2.1", 1000);
    private static final InetSocketAddress A2 = new InetSocketAddress("198.51.100.1", 1001);
    private static final InetSocketAddress B = new InetSocketAddress("192.0.2.2", 2000);
    private static final InetSocketAddress HOME = new InetSocketAddress("10.0.0.1", 1000);
    private static final InetSocketAddress HOME2 = new InetSocketAddress("10.0.0.2", 1000);
    private static final long MS = 1_000_000;
    private static final long ORIGIN = SimWorld.ORIGIN_NS;

    private final SimWorld world = new SimWorld(3);
    private final EchoNode a = new EchoNode();
    private final EchoNode b = new EchoNode();
    private final SimHost hostA = world.network().host(a);
    private final SimHost hostB = world.network().host(b);

    private void run() {
        world.run(world.nowNs() + 1000 * MS);
    }

    private static PlainNat nat(String publicAddress) throws UnknownHostException {
        return new PlainNat(InetAddress.getByName(publicAddress));
    }

    @Test
    void shouldCarryDatagramsByDestinationAddress() {
        hostA.up(A);
        hostB.up(B);
        b.echoes = true;
        a.send(A, B, "hello");
        run();

        assertThat(b.heard).containsExactly(new EchoNode.Heard(B, A, "hello", 2, ORIGIN));
        assertThat(a.texts()).containsExactly("re:hello");
    }

    @Test
    void shouldTellTheNodeOfItsAddressesAndMoveIt() {
        hostA.up(A);
        hostB.up(B);
        hostA.down(A);
        hostA.up(A2);
        a.send(A, B, "from nowhere");
        a.send(A2, B, "from there");
        run();

        assertThat(a.events).containsExactly("up 1000", "down 1000", "up 1001");
        assertThat(b.texts()).containsExactly("from there");
    }

    @Test
    void shouldLoseWhatIsInFlightToAndFromAnAddressThatGoes() {
        SimLink link = world.link().delayNs(10 * MS);
        hostA.up(A, link);
        hostB.up(B);
        a.send(A, B, "out");
        b.send(B, A, "in");
        world.at(ORIGIN + 5 * MS, () -> hostA.down(A));
        world.at(ORIGIN + 6 * MS, () -> hostA.up(A, link));
        run();

        assertThat(a.heard).isEmpty();
        assertThat(b.heard).isEmpty();
        a.send(A, B, "again");
        run();
        assertThat(b.texts()).containsExactly("again");
    }

    @Test
    void shouldNotTellTheNodeOfAnAddressThatIsCut() {
        hostA.up(A);
        hostB.up(B);
        hostA.cut(A);
        a.send(A, B, "lost");
        b.send(B, A, "lost too");
        run();

        assertThat(a.events).containsExactly("up 1000");
        assertThat(a.heard).isEmpty();
        assertThat(b.heard).isEmpty();
    }

    @Test
    void shouldReachHostsBehindANatByItsAddressOnly() throws UnknownHostException {
        PlainNat nat = nat("203.0.113.1");
        SimLink uplink = world.link().delayNs(3 * MS);
        hostA.up(HOME, world.link().delayNs(MS), nat, uplink);
        EchoNode neighbour = new EchoNode();
        world.network().host(neighbour).up(HOME2, world.link(), nat, uplink);
        hostB.up(B);
        b.echoes = true;
        a.send(HOME, B, "one");
        neighbour.send(HOME2, B, "two");
        b.send(B, HOME, "to a private address");
        run();

        assertThat(b.texts()).containsExactly("two", "one");
        assertThat(b.heard.getFirst().remote().getAddress().getHostAddress())
                .isEqualTo("203.0.113.1");
        assertThat(a.texts()).containsExactly("re:one");
        assertThat(a.heard.getFirst().local()).isEqualTo(HOME);
        assertThat(a.heard.getFirst().atNs()).isEqualTo(ORIGIN + 8 * MS);
        assertThat(neighbour.texts()).containsExactly("re:two");
    }

    @Test
    void shouldTurnPacketsRoundInANatThatHairpins() throws UnknownHostException {
        PlainNat nat = nat("203.0.113.1");
        hostA.up(HOME, nat);
        hostB.up(HOME2, nat);
        InetSocketAddress outsideOfB = new InetSocketAddress("203.0.113.1", 40_000);
        b.send(HOME2, A, "opens a mapping");
        run();
        a.send(HOME, outsideOfB, "hairpin");
        run();

        assertThat(b.texts()).containsExactly("hairpin");
    }

    @Test
    void shouldPassNatsBehindNats() throws UnknownHostException {
        PlainNat home = nat("100.64.0.7");
        PlainNat carrier = nat("203.0.113.1");
        hostA.up(HOME, home, world.link(), carrier, world.link());
        hostB.up(B);
        b.echoes = true;
        a.send(HOME, B, "out");
        run();

        assertThat(b.heard.getFirst().remote().getAddress().getHostAddress())
                .isEqualTo("203.0.113.1");
        assertThat(a.texts()).containsExactly("re:out");
    }

    @Test
    void shouldKeepSamePrivateAddressesBehindDifferentNatsApart() throws UnknownHostException {
        hostA.up(HOME, nat("203.0.113.1"));
        EchoNode other = new EchoNode();
        world.network().host(other).up(HOME, nat("203.0.113.2"));
        hostB.up(B);
        b.echoes = true;
        a.send(HOME, B, "one");
        other.send(HOME, B, "two");
        run();

        assertThat(a.texts()).containsExactly("re:one");
        assertThat(other.texts()).containsExactly("re:two");
    }

    @Test
    void shouldShowPacketsToObservers() {
        List<String> seen = new ArrayList<>();
        world.network().observe((event, packet, nowNs) -> seen.add(event + " " + packet.length()));
        hostA.up(A);
        hostB.up(B);
        a.send(A, B, "hello");
        a.send(A, A2, "nobody");
        run();

        assertThat(seen).containsExactly("SENT 5", "DELIVERED 5", "SENT 6", "UNROUTABLE 6");
    }
}
