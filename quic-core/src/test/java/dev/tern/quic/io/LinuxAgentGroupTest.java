package dev.tern.quic.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.crypto.identity.PeerVerifiers;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.quic.api.QuicEndpoint;
import dev.tern.quic.api.QuicStream;
import dev.tern.quic.connection.Connection;
import dev.tern.quic.connection.ConnectionConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Map;

@EnabledOnOs(OS.LINUX)
class LinuxAgentGroupTest extends AgentGroupContract {
    private static final InetSocketAddress LOOPBACK =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @Override
    TransportFactory sockets() {
        return UdpTransports.choose("linux");
    }

    /** Both sides' sockets carry ECN bits: the marks that one sets, the other confirms. */
    @Test
    void shouldFindEcnToWork() throws Exception {
        SecureRandom random = new SecureRandom();
        PeerIdentity identity = PeerIdentity.generate(random);
        TlsConfig serving = TlsConfig.server(random, identity, "ecn");
        TlsConfig dialling =
                TlsConfig.client(random, null, PeerVerifiers.exactly(identity.peerId()), "ecn");
        try (EchoGroup server = new EchoGroup(1, sockets(), serving);
                QuicEndpoint client =
                        QuicEndpoint.builder().bind(LOOPBACK).transports(sockets()).open()) {
            QuicStream stream =
                    client.connect(server.address, ConnectionConfig.of(dialling)).openStream();
            try (OutputStream out = stream.outputStream()) {
                out.write(new byte[200_000]);
            }
            assertThat(stream.inputStream().readAllBytes()).hasSize(200_000);

            Map.Entry<Connection, EndpointAgent> served =
                    server.served.entrySet().iterator().next();
            boolean works =
                    served.getValue()
                            .call(() -> served.getKey().currentPath().isEcnCapable())
                            .get();
            assertThat(works).isTrue();
        }
    }
}
