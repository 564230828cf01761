package dev.tern.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tern.crypto.identity.PeerId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelayAddressTest {
    private static final String ID = PeerId.of(new byte[32]).toString();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.1:4433",
                "relay.example.org:1",
                "[2001:db8:0:0:0:0:0:1]:65535",
                "localhost:4433"
            })
    void shouldReadWhatItWrites(String place) {
        RelayAddress address = RelayAddress.parse(ID + "@" + place);

        assertThat(address).hasToString(ID + "@" + place);
        assertThat(RelayAddress.parse(address.toString())).isEqualTo(address);
    }

    @Test
    void shouldLookNothingUp() {
        assertThat(RelayAddress.parse(ID + "@relay.example.org:1").address().isUnresolved())
                .isTrue();
        assertThat(RelayAddress.parse(ID + "@192.0.2.1:1").address().isUnresolved()).isFalse();
        assertThat(RelayAddress.parse(ID + "@[2001:db8::1]:1").address().isUnresolved()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host:1 | has no @",
                "ID@host | ends in :port",
                "ID@[::1] | ends in :port",
                "ID@host:0 | a number from 1 to 65535, not 0",
                "ID@host:65536 | not 65536",
                "ID@host:x | not x",
                "ID@:1 | not a host name",
                "ID@a b:1 | not a host name",
                "ID@::1:1 | not a host name",
                "ID@[fe80::1%eth0]:1 | not an IPv6 address: fe80::1%eth0",
                "ID@[1.2.3.4]:1 | not an IPv6 address: 1.2.3.4",
                "ID@[::g]:1 | not an IPv6 address: ::g",
                "ID@[1::2::3]:1 | not an IP address: 1::2::3",
                "ID@999.1.1.1:1 | not an IP address: 999.1.1.1",
                "abc@host:1 | a peer id has 52 characters"
            })
    void shouldSayWhatIsWrong(String text, String complaint) {
        assertThatThrownBy(() -> RelayAddress.parse(text.replace("ID", ID)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint);
    }
}
