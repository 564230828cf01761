package dev.tern.nat.punch;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

final class CandidateFilterTest {
    private final CandidateFilter filter = new CandidateFilter(false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "ff02::1",
                "fe80::1",
                "fec0::1",
                "::10.0.0.1",
                "2002:7f00:1::1",
                "2002:a00:1::1",
                "64:ff9b::127.0.0.1",
                "64:ff9b::192.168.0.1"
            })
    void shouldNeverSendThere(String address) {
        assertThat(filter.admit(new InetSocketAddress(address, 5000))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, LOOPBACK",
        "127.9.9.9, LOOPBACK",
        "::1, LOOPBACK",
        "169.254.1.1, LINK",
        "10.255.0.1, PRIVATE",
        "172.16.0.1, PRIVATE",
        "172.31.255.1, PRIVATE",
        "172.32.0.1, GLOBAL",
        "192.168.7.7, PRIVATE",
        "100.64.0.1, SHARED",
        "100.127.255.1, SHARED",
        "100.128.0.1, GLOBAL",
        "fd00::1, PRIVATE",
        "fc12::1, PRIVATE",
        "2001:db8::1, GLOBAL",
        "2002:cb00:7101::1, GLOBAL",
        "64:ff9b::203.0.113.1, GLOBAL",
        "203.0.113.1, GLOBAL"
    })
    void shouldKnowHowFarAnAddressIsValid(String address, AddressScope scope) {
        InetSocketAddress named = new InetSocketAddress(address, 5000);

        assertThat(AddressScope.of(named.getAddress())).isEqualTo(scope);
        assertThat(filter.admit(named)).isEqualTo(named);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 53, 123, 443, 1023})
    void shouldNotSendToPrivilegedPorts(int port) {
        assertThat(filter.admit(new InetSocketAddress("203.0.113.1", port))).isNull();
    }

    @Test
    void shouldSendToPrivilegedPortsWhereAllowed() {
        InetSocketAddress https = new InetSocketAddress("203.0.113.1", 443);

        assertThat(new CandidateFilter(true).admit(https)).isEqualTo(https);
        assertThat(new CandidateFilter(true).admit(new InetSocketAddress("203.0.113.1", 0)))
                .isNull();
    }

    @Test
    void shouldReadMappedAddressAsTheOneItMeans() throws UnknownHostException {
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        mapped[12] = (byte) 203;
        mapped[14] = 113;
        mapped[15] = 1;
        InetAddress disguised = Inet6Address.getByAddress("", mapped, 0);

        assertThat(filter.admit(new InetSocketAddress(disguised, 5000)))
                .isEqualTo(new InetSocketAddress("203.0.113.1", 5000));
        mapped[12] = (byte) 255;
        mapped[13] = (byte) 255;
        mapped[14] = (byte) 255;
        mapped[15] = (byte) 255;
        disguised = Inet6Address.getByAddress("", mapped, 0);
        assertThat(filter.admit(new InetSocketAddress(disguised, 5000))).isNull();
    }

    @Test
    void shouldRefuseForbiddenAndUnresolvedAddresses() {
        InetSocketAddress relay = new InetSocketAddress("203.0.113.1", 4433);
        filter.forbid(relay);

        assertThat(filter.admit(relay)).isNull();
        assertThat(filter.admit(InetSocketAddress.createUnresolved("example.org", 4433))).isNull();
    }

    @Property(tries = 300)
    void shouldAdmitNothingUnusableWhateverIsNamed(
            @ForAll @Size(16) byte[] ip,
            @ForAll boolean ipv4,
            @ForAll @IntRange(max = 65_535) int port)
            throws UnknownHostException {
        byte[] bytes = ipv4 ? java.util.Arrays.copyOf(ip, 4) : ip;
        InetSocketAddress named = new InetSocketAddress(InetAddress.getByAddress(bytes), port);

        InetSocketAddress admitted = new CandidateFilter(false).admit(named);

        if (admitted != null) {
            InetAddress address = admitted.getAddress();
            assertThat(admitted.getPort()).isGreaterThan(1023);
            assertThat(address.isMulticastAddress()).isFalse();
            assertThat(address.isAnyLocalAddress()).isFalse();
        }
    }
}
