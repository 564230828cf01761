package dev.tern.quic.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

class TunnelTransportTest {
    private static final InetSocketAddress GATEWAY =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1080);
    private static final InetSocketAddress LOCAL = new InetSocketAddress("10.0.0.2", 4433);
    private static final byte[] PAYLOAD = {1, 2, 3};

    private final FakeTransport under =
            new FakeTransport(new InetSocketAddress(InetAddress.getLoopbackAddress(), 999));
    private final TunnelTransport tunnel = new TunnelTransport(under, GATEWAY, LOCAL);
    private final List<String> received = new ArrayList<>();

    private void receive() {
        tunnel.receive(
                (transport, remote, ecn, buffer, offset, length) ->
                        received.add(
                                Text.of(transport.local())
                                        + " < "
                                        + Text.of(remote)
                                        + " "
                                        + HexFormat.of()
                                                .formatHex(buffer, offset, offset + length)),
                10);
    }

    private static final class Text {
        static String of(InetSocketAddress address) {
            return address.getAddress().getHostAddress() + "," + address.getPort();
        }
    }

    @Test
    void shouldPutTheFarAddressInFrontAndSendToTheGateway() {
        tunnel.send(new InetSocketAddress("192.0.2.1", 0x1234), 0, PAYLOAD, 0, PAYLOAD.length);

        assertThat(under.sent.getFirst().remote()).isEqualTo(GATEWAY);
        assertThat(HexFormat.of().formatHex(under.sent.getFirst().bytes()))
                .isEqualTo("00000001" + "c0000201" + "1234" + "010203");
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "2001:db8::7"})
    void shouldTakeBackWhatItSends(String host) {
        tunnel.send(new InetSocketAddress(host, 65_535), 0, PAYLOAD, 1, 2);
        under.arrived.add(under.sent.getFirst());

        receive();

        String far = Text.of(new InetSocketAddress(host, 65_535));
        assertThat(received).containsExactly("10.0.0.2,4433 < " + far + " 0203");
    }

    @Test
    void shouldTellFarAddressesApart() {
        InetSocketAddress[] remotes = {
            new InetSocketAddress("192.0.2.1", 1),
            new InetSocketAddress("192.0.2.1", 2),
            new InetSocketAddress("192.0.2.2", 2),
            new InetSocketAddress("192.0.2.2", 2)
        };
        for (InetSocketAddress remote : remotes) {
            tunnel.send(remote, 0, PAYLOAD, 0, 1);
        }
        under.arrived.addAll(under.sent);

        receive();

        assertThat(received)
                .containsExactly(
                        "10.0.0.2,4433 < 192.0.2.1,1 01",
                        "10.0.0.2,4433 < 192.0.2.1,2 01",
                        "10.0.0.2,4433 < 192.0.2.2,2 01",
                        "10.0.0.2,4433 < 192.0.2.2,2 01");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "000000",
                "00000001c000020112",
                "00000003c0000201123401",
                "00000101c0000201123401",
                "00000004c0000201123401"
            })
    void shouldIgnoreWhatHasNoWholeHeader(String hex) {
        under.arrived.add(new FakeTransport.Datagram(GATEWAY, HexFormat.of().parseHex(hex)));

        receive();

        assertThat(received).isEmpty();
    }

    @Test
    void shouldIgnoreDatagramsThatTheGatewayDidNotSend() {
        tunnel.send(new InetSocketAddress("192.0.2.1", 1), 0, PAYLOAD, 0, 1);
        under.arrived.add(
                new FakeTransport.Datagram(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 1081),
                        under.sent.getFirst().bytes()));

        receive();

        assertThat(received).isEmpty();
    }

    @Test
    void shouldDropWhatDoesNotFitWithItsHeader() {
        byte[] longest = new byte[UdpTransport.MAX_DATAGRAM_BYTES];

        UdpTransport.Sent sent =
                tunnel.send(new InetSocketAddress("192.0.2.1", 1), 0, longest, 0, longest.length);

        assertThat(sent).isEqualTo(UdpTransport.Sent.DROPPED);
    }
}
