package dev.tern.nat.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The behaviours of RFC 4787, kind by kind. */
final class NatModelTest {
    private static final long NOW_NS = -5_000_000_000L;
    private static final InetAddress PUBLIC = new InetSocketAddress("203.0.113.1", 0).getAddress();
    private static final InetSocketAddress INSIDE = new InetSocketAddress("10.0.0.2", 5000);
    private static final InetSocketAddress OTHER_INSIDE = new InetSocketAddress("10.0.0.3", 5000);
    private static final InetSocketAddress FAR = new InetSocketAddress("198.51.100.1", 4433);
    private static final InetSocketAddress OTHER_PORT = new InetSocketAddress("198.51.100.1", 4434);
    private static final InetSocketAddress OTHER_HOST = new InetSocketAddress("192.0.2.9", 4433);

    private final CountingPorts ports = new CountingPorts();

    private NatModel nat(NatKind kind) {
        return new NatModel(kind, PUBLIC, ports);
    }

    @ParameterizedTest
    @CsvSource({
        "FULL_CONE, true",
        "ADDRESS_RESTRICTED, true",
        "PORT_RESTRICTED, true",
        "SYMMETRIC, false"
    })
    void shouldMapByKind(NatKind kind, boolean sameForAll) {
        NatModel nat = nat(kind);

        InetSocketAddress external = nat.outbound(INSIDE, FAR, NOW_NS);

        assertThat(external.getAddress()).isEqualTo(PUBLIC);
        assertThat(nat.outbound(INSIDE, FAR, NOW_NS)).isEqualTo(external);
        assertThat(nat.outbound(INSIDE, OTHER_PORT, NOW_NS).equals(external)).isEqualTo(sameForAll);
        assertThat(nat.outbound(INSIDE, OTHER_HOST, NOW_NS).equals(external)).isEqualTo(sameForAll);
        assertThat(nat.outbound(OTHER_INSIDE, FAR, NOW_NS)).isNotEqualTo(external);
    }

    @ParameterizedTest
    @CsvSource({
        "FULL_CONE, true, true",
        "ADDRESS_RESTRICTED, true, false",
        "PORT_RESTRICTED, false, false",
        "SYMMETRIC, false, false"
    })
    void shouldFilterByKind(NatKind kind, boolean admitsOtherPort, boolean admitsOtherHost) {
        NatModel nat = nat(kind);

        int port = nat.outbound(INSIDE, FAR, NOW_NS).getPort();

        assertThat(nat.inbound(port, FAR, NOW_NS)).isEqualTo(INSIDE);
        assertThat(nat.inbound(port, OTHER_PORT, NOW_NS) != null).isEqualTo(admitsOtherPort);
        assertThat(nat.inbound(port, OTHER_HOST, NOW_NS) != null).isEqualTo(admitsOtherHost);
        assertThat(nat.inbound(port + 1, FAR, NOW_NS)).isNull();
    }

    @ParameterizedTest
    @EnumSource(value = NatKind.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void shouldForgetMappingAfterTimeout(NatKind kind) {
        NatModel nat = nat(kind);
        int port = nat.outbound(INSIDE, FAR, NOW_NS).getPort();
        long lateNs = NOW_NS + NatModel.DEFAULT_TIMEOUT_NS;

        assertThat(nat.inbound(port, FAR, lateNs - 1)).isEqualTo(INSIDE);
        assertThat(nat.inbound(port, FAR, lateNs)).isNull();
        assertThat(ports.released).containsExactly(port);
    }

    @Test
    void shouldKeepMappingAliveByPacketsFromInsideOnly() {
        NatModel nat = nat(NatKind.FULL_CONE).timeoutNs(100);
        int port = nat.outbound(INSIDE, FAR, NOW_NS).getPort();

        nat.outbound(INSIDE, OTHER_HOST, NOW_NS + 90);
        assertThat(nat.inbound(port, FAR, NOW_NS + 180)).isEqualTo(INSIDE);
        assertThat(nat.inbound(port, FAR, NOW_NS + 190)).isNull();
    }

    @Test
    void shouldCloseFilterToEndpointNotSentToForLong() {
        NatModel nat = nat(NatKind.PORT_RESTRICTED).timeoutNs(100);
        int port = nat.outbound(INSIDE, FAR, NOW_NS).getPort();
        nat.outbound(INSIDE, OTHER_HOST, NOW_NS + 90);

        assertThat(nat.inbound(port, FAR, NOW_NS + 120)).isNull();
        assertThat(nat.inbound(port, OTHER_HOST, NOW_NS + 120)).isEqualTo(INSIDE);
    }

    @Test
    void shouldGoOnFromAnotherPortAfterForgettingMappings() {
        NatModel nat = nat(NatKind.PORT_RESTRICTED);
        int before = nat.outbound(INSIDE, FAR, NOW_NS).getPort();

        nat.forgetMappings();

        assertThat(ports.released).containsExactly(before);
        assertThat(nat.inbound(before, FAR, NOW_NS)).isNull();
        assertThat(nat.outbound(INSIDE, FAR, NOW_NS).getPort()).isNotEqualTo(before);
    }

    @Test
    void shouldDropEverythingWhileDead() {
        NatModel nat = nat(NatKind.FULL_CONE);
        int port = nat.outbound(INSIDE, FAR, NOW_NS).getPort();

        nat.dead(true);
        assertThat(nat.outbound(INSIDE, FAR, NOW_NS)).isNull();
        assertThat(nat.inbound(port, FAR, NOW_NS)).isNull();

        nat.dead(false);
        assertThat(nat.inbound(port, FAR, NOW_NS)).isEqualTo(INSIDE);
    }

    @Test
    void shouldDropNewFlowsWhenTableIsFull() {
        NatModel nat = nat(NatKind.SYMMETRIC);
        for (int i = 0; i < NatModel.MAX_MAPPINGS; i++) {
            InetSocketAddress far = new InetSocketAddress(FAR.getAddress(), 1 + i);
            assertThat(nat.outbound(INSIDE, far, NOW_NS)).isNotNull();
        }

        assertThat(nat.outbound(INSIDE, OTHER_HOST, NOW_NS)).isNull();
        assertThat(nat.outbound(INSIDE, new InetSocketAddress(FAR.getAddress(), 1), NOW_NS))
                .isNotNull();
    }

    @Test
    void shouldForgetFarEndpointSentToLongestAgoWhenThereAreTooMany() {
        NatModel nat = nat(NatKind.PORT_RESTRICTED);
        int port = nat.outbound(INSIDE, OTHER_HOST, NOW_NS).getPort();
        for (int i = 0; i < NatMapping.MAX_FAR_ENDPOINTS; i++) {
            nat.outbound(INSIDE, new InetSocketAddress(FAR.getAddress(), 1 + i), NOW_NS);
        }

        assertThat(nat.inbound(port, OTHER_HOST, NOW_NS)).isNull();
        assertThat(nat.inbound(port, new InetSocketAddress(FAR.getAddress(), 1), NOW_NS))
                .isEqualTo(INSIDE);
    }

    @Test
    void shouldDropNewFlowWhenNoPortIsLeft() {
        ports.left = 1;
        NatModel nat = nat(NatKind.FULL_CONE);

        assertThat(nat.outbound(INSIDE, FAR, NOW_NS)).isNotNull();
        assertThat(nat.outbound(OTHER_INSIDE, FAR, NOW_NS)).isNull();
    }

    @Test
    void shouldNeverGiveOnePortTwice() {
        ExternalPorts random = ExternalPorts.random(new SplittableRandom(1));
        List<Integer> given = new ArrayList<>();
        int port;
        while ((port = random.allocate()) != ExternalPorts.NONE_LEFT) {
            given.add(port);
        }

        assertThat(given).doesNotHaveDuplicates().hasSize(65_536 - 1024);
        random.release(2000);
        assertThat(random.allocate()).isEqualTo(2000);
    }

    @Test
    void shouldNotModelWhereThereIsNoNat() {
        assertThatThrownBy(() -> nat(NatKind.NONE)).isInstanceOf(IllegalArgumentException.class);
    }

    private static final class CountingPorts implements ExternalPorts {
        private final List<Integer> released = new ArrayList<>();
        private int left = Integer.MAX_VALUE;
        private int next = 20_000;

        @Override
        public int allocate() {
            return left-- > 0 ? next++ : NONE_LEFT;
        }

        @Override
        public void release(int port) {
            released.add(port);
        }
    }
}
