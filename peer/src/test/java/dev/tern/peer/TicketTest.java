package dev.tern.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.quic.sim.SeededSecureRandom;
import dev.tern.relay.RelayAddress;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

final class TicketTest {
    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";

    private static Ticket ticket(long seed, byte[] address, int port) throws UnknownHostException {
        SeededSecureRandom random = new SeededSecureRandom(seed);
        InetSocketAddress place = new InetSocketAddress(InetAddress.getByAddress(address), port);
        return new Ticket(
                PeerIdentity.generate(random).peerId(),
                new RelayAddress(PeerIdentity.generate(random).peerId(), place),
                TicketSecret.generate(random));
    }

    @Property(tries = 100)
    void shouldReadWhatItWrites(
            @ForAll long seed,
            @ForAll @Size(4) byte[] address,
            @ForAll @IntRange(min = 1, max = 65_535) int port)
            throws UnknownHostException {
        Ticket ticket = ticket(seed, address, port);

        assertThat(Ticket.parse(ticket.encode())).isEqualTo(ticket);
    }

    @Test
    void shouldCarryAnIpv6RelayAndBearSpacesAroundIt() throws UnknownHostException {
        byte[] address = InetAddress.ofLiteral("2001:db8::1").getAddress();
        Ticket ticket = ticket(1, address, 4433);

        assertThat(Ticket.parse("  " + ticket.encode() + "\n")).isEqualTo(ticket);
    }

    @Property(tries = 300)
    void shouldRefuseAnyOtherCharacter(
            @ForAll @IntRange(min = 0, max = 10_000) int place,
            @ForAll @IntRange(min = 1, max = 31) int shift)
            throws UnknownHostException {
        String text = ticket(2, new byte[] {(byte) 203, 0, 113, 10}, 4433).encode();
        int at = place % text.length();
        int digit = Math.max(DIGITS.indexOf(text.charAt(at)), 0);
        char other = DIGITS.charAt((digit + shift) % DIGITS.length());

        assertThatThrownBy(
                        () -> Ticket.parse(text.substring(0, at) + other + text.substring(at + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("copy the whole line that tern send printed");
    }

    @Property(tries = 100)
    void shouldRefuseATicketCutShort(@ForAll @IntRange(min = 0, max = 10_000) int place)
            throws UnknownHostException {
        String text = ticket(3, new byte[] {(byte) 203, 0, 113, 10}, 4433).encode();

        assertThatThrownBy(() -> Ticket.parse(text.substring(0, place % text.length())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("copy the whole line that tern send printed");
    }

    @Property(tries = 200)
    void shouldRefuseAnyOtherText(@ForAll String text) {
        assertThatThrownBy(() -> Ticket.parse("tern1" + text))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
