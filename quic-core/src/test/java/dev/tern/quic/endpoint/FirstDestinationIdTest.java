package dev.tern.quic.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.crypto.identity.PeerVerifiers;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.quic.cid.AgentIds;
import dev.tern.quic.cid.SelfDescribingId;
import dev.tern.quic.connection.ConnectionConfig;
import dev.tern.quic.connection.ConnectionListener;
import dev.tern.quic.connection.ConnectionWaker;
import dev.tern.quic.connection.Transmit;
import dev.tern.quic.wire.PacketHeader;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/** What a client calls a server before it knows the server's ID (RFC 9000 §7.2). */
class FirstDestinationIdTest {
    private static final int DIALS = 400;
    private static final InetSocketAddress LOCAL = new InetSocketAddress("192.0.2.1", 1000);
    private static final InetSocketAddress REMOTE = new InetSocketAddress("192.0.2.2", 443);

    @Test
    void shouldBeRandomInEveryByteAndPassForNoAgents() {
        SplittableRandom random = new SplittableRandom(11);
        Endpoint endpoint =
                new Endpoint(
                        remote -> SelfDescribingId.mintDirect(random),
                        null,
                        ConnectionWaker.DIRECT,
                        random,
                        new byte[32]);
        ConnectionConfig config =
                ConnectionConfig.of(
                        TlsConfig.client(
                                new SecureRandom(), null, PeerVerifiers.anyPeer(), "test"));
        AgentIds agents = new AgentIds(2, 77);
        Transmit transmit = new Transmit();
        PacketHeader header = new PacketHeader();
        Set<Byte> firstBytes = new HashSet<>();

        for (int i = 0; i < DIALS; i++) {
            endpoint.connect(config, LOCAL, REMOTE, null, new ConnectionListener() {}, 0);
            while (endpoint.pollTransmit(transmit, 0)) {
                byte[] datagram = transmit.buffer();
                assertThat(header.parse(datagram, 0, transmit.length(), 0)).isTrue();
                int offset = header.destinationIdOffset();
                int length = header.destinationIdLength();

                assertThat(length).isGreaterThanOrEqualTo(8);
                assertThat(agents.agentOf(datagram, offset, length)).isEqualTo(-1);
                firstBytes.add(datagram[offset]);
            }
        }

        assertThat(firstBytes).hasSizeGreaterThan(150);
    }
}
