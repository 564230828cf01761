package dev.tern.relay.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

class DestinationFilterTest {
    private static final InetSocketAddress FLEET = new InetSocketAddress("198.51.100.2", 4433);

    private final DestinationFilter filter = new DestinationFilter(false, List.of(FLEET));

    private static InetSocketAddress on(String address) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), 1000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "::",
                "224.0.0.1",
                "ff02::1",
                "127.0.0.1",
                "127.8.8.8",
                "::1",
                "::ffff:127.0.0.1",
                "255.255.255.255"
            })
    void shouldRefuseWhatIsNoPeersAddress(String address) {
        assertThat(filter.allows(on(address))).isFalse();
    }

    @Test
    void shouldRefusePort0ItsFleetAndItself() {
        InetSocketAddress own = new InetSocketAddress("198.51.100.1", 4433);
        assertThat(filter.allows(own)).isTrue();

        filter.forbid(own);

        assertThat(filter.allows(own)).isFalse();
        assertThat(filter.allows(FLEET)).isFalse();
        assertThat(filter.allows(new InetSocketAddress("192.0.2.1", 0))).isFalse();
    }

    @Test
    void shouldAllowLoopbackOnlyWhereItIsWanted() {
        DestinationFilter local = new DestinationFilter(true, List.of());

        assertThat(local.allows(on("127.0.0.1"))).isTrue();
        assertThat(local.allows(on("::1"))).isTrue();
        assertThat(local.allows(on("192.0.2.1"))).isTrue();
    }
}
