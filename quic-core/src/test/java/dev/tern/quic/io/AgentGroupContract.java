package dev.tern.quic.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.crypto.identity.PeerVerifiers;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.quic.api.QuicConnection;
import dev.tern.quic.api.QuicEndpoint;
import dev.tern.quic.api.QuicStream;
import dev.tern.quic.connection.ConnectionConfig;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;

/** Agents on one port, over real sockets on loopback; each kind of socket has a test of this. */
@Timeout(60)
abstract class AgentGroupContract {
    private static final String PROTOCOL = "test";
    private static final int AGENTS = 3;
    private static final int CLIENTS = 12;

    /** With three agents each has two chances in three; so often in vain happens to nobody. */
    private static final int MAX_REBINDINGS = 60;

    private final SecureRandom random = new SecureRandom();
    private final PeerIdentity identity = PeerIdentity.generate(random);
    private final List<Client> clients = new ArrayList<>();
    private EchoGroup server;

    private record Client(
            QuicEndpoint endpoint, QuicConnection connection, RebindingTransport socket) {}

    /** What the server's sockets are. */
    abstract TransportFactory sockets();

    @BeforeEach
    void start() throws IOException {
        server = new EchoGroup(AGENTS, sockets(), TlsConfig.server(random, identity, PROTOCOL));
    }

    @AfterEach
    void close() {
        clients.forEach(client -> client.endpoint().close());
        server.close();
    }

    private Client connect() throws IOException {
        List<RebindingTransport> opened = new ArrayList<>();
        QuicEndpoint endpoint =
                QuicEndpoint.builder()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .transports(
                                (local, interfaceName) -> {
                                    opened.add(RebindingTransport.open(local));
                                    return opened.getFirst();
                                })
                        .open();
        ConnectionConfig config =
                ConnectionConfig.of(
                        TlsConfig.client(
                                random, null, PeerVerifiers.exactly(identity.peerId()), PROTOCOL));
        Client client =
                new Client(endpoint, endpoint.connect(server.address, config), opened.getFirst());
        clients.add(client);
        return client;
    }

    private static void exchange(Client client, int length) throws IOException {
        byte[] sent = new byte[length];
        new SplittableRandom(length).nextBytes(sent);
        QuicStream stream = client.connection().openStream();
        try (OutputStream out = stream.outputStream()) {
            out.write(sent);
        }
        assertThat(stream.inputStream().readAllBytes()).isEqualTo(sent);
    }

    @Test
    void shouldSpreadConnectionsOverAgentsAndServeAll() throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            exchange(connect(), 20_000 + i);
        }

        assertThat(server.served).hasSize(CLIENTS);
        assertThat(new HashSet<>(server.served.values())).hasSizeGreaterThan(1);
        assertThat(server.group.handedOver()).isZero();
    }

    /** The kernel takes a client's new port for a new source, and may choose another agent. */
    @Test
    void shouldKeepAConnectionWithItsAgentWhenTheClientMoves() throws IOException {
        Client client = connect();
        exchange(client, 10_000);

        int rebindings = 0;
        while (server.group.handedOver() == 0 && rebindings++ < MAX_REBINDINGS) {
            client.socket().rebind();
            exchange(client, 10_000 + rebindings);
        }
        exchange(client, 100_000);

        assertThat(server.group.handedOver()).isPositive();
        assertThat(server.served).hasSize(1);
    }

    @Test
    void shouldBeDialledBySeveralAgents() throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        ConnectionConfig config =
                ConnectionConfig.of(
                        TlsConfig.client(
                                random, null, PeerVerifiers.exactly(identity.peerId()), PROTOCOL));
        try (QuicEndpoint endpoint =
                QuicEndpoint.builder().bind(any).agents(2).transports(sockets()).open()) {
            for (int i = 0; i < 4; i++) {
                QuicConnection connection = endpoint.connect(server.address, config);
                exchange(new Client(endpoint, connection, null), 5_000 + i);
            }
        }
    }
}
