package dev.tern.quic.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

class LocalAddressMonitorTest {
    private static final LocalAddress WLAN = address("192.0.2.1", "wlan0");
    private static final LocalAddress MOBILE = address("198.51.100.7", "rmnet0");

    private final List<String> heard = new ArrayList<>();
    private final LocalAddressMonitor monitor =
            new LocalAddressMonitor(
                    false,
                    new LocalAddressListener() {
                        @Override
                        public void onAddressAdded(LocalAddress added) {
                            heard.add("+" + added.interfaceName());
                        }

                        @Override
                        public void onAddressRemoved(LocalAddress removed) {
                            heard.add("-" + removed.interfaceName());
                        }
                    });

    private static LocalAddress address(String text, String interfaceName) {
        try {
            return new LocalAddress(InetAddress.getByName(text), interfaceName);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldReportWhatChangedAndNothingElse() {
        monitor.update(Set.of(WLAN));
        monitor.update(Set.of(WLAN));
        monitor.update(Set.of(WLAN, MOBILE));
        monitor.update(Set.of(MOBILE));

        assertThat(heard).containsExactly("+wlan0", "+rmnet0", "-wlan0");
    }

    @Test
    void shouldReportTheNewAddressBeforeTheLossOfTheOld() {
        monitor.update(Set.of(WLAN));

        monitor.update(Set.of(MOBILE));

        assertThat(heard).containsExactly("+wlan0", "+rmnet0", "-wlan0");
    }

    @Test
    void shouldReportAgainAnAddressThatSomebodyFoundGone() {
        monitor.update(Set.of(WLAN));

        monitor.onGone(WLAN.address());
        monitor.update(Set.of(WLAN));
        monitor.update(Set.of(WLAN));

        assertThat(heard).containsExactly("+wlan0", "+wlan0");
    }

    @Test
    void shouldNotReportTheLossOfWhatWasFoundGone() {
        monitor.update(Set.of(WLAN));

        monitor.onGone(WLAN.address());
        monitor.update(Set.of());

        assertThat(heard).containsExactly("+wlan0");
    }

    @Test
    void shouldLeaveOutAddressesThatNobodyElseReaches() {
        assertThat(WLAN.isUsable(false)).isTrue();
        assertThat(address("127.0.0.1", "lo").isUsable(false)).isFalse();
        assertThat(address("127.0.0.1", "lo").isUsable(true)).isTrue();
        assertThat(address("fe80::1", "eth0").isUsable(false)).isFalse();
        assertThat(address("169.254.3.4", "eth0").isUsable(false)).isFalse();
        assertThat(address("224.0.0.1", "eth0").isUsable(false)).isFalse();
        assertThat(address("2001:db8::1", "eth0").isUsable(false)).isTrue();
    }
}
