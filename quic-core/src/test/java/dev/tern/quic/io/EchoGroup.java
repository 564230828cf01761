package dev.tern.quic.io;

import dev.tern.crypto.tls.TlsConfig;
import dev.tern.quic.connection.Connection;
import dev.tern.quic.connection.ConnectionConfig;
import dev.tern.quic.connection.ConnectionListener;
import dev.tern.quic.endpoint.Acceptor;
import dev.tern.quic.endpoint.Endpoint;
import dev.tern.quic.stream.Stream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Agents that share a port and send back what arrives on every stream. */
final class EchoGroup implements AutoCloseable {
    private static final int RESET_KEY_BYTES = 32;

    /** Which agent serves each connection. */
    final Map<Connection, EndpointAgent> served = new ConcurrentHashMap<>();

    final AgentGroup group;
    final InetSocketAddress address;

    EchoGroup(int size, TransportFactory sockets, TlsConfig tls) throws IOException {
        SecureRandom random = new SecureRandom();
        byte[] resetKey = new byte[RESET_KEY_BYTES];
        random.nextBytes(resetKey);
        group = new AgentGroup(size, random.nextLong());
        for (int i = 0; i < size; i++) {
            StreamDoorbell doorbell = new StreamDoorbell();
            Acceptor acceptor =
                    (local, remote, id, nowNs) ->
                            new Acceptor.Accepted(ConnectionConfig.of(tls), new Echo());
            Endpoint endpoint =
                    new Endpoint(group.nextIds(random), acceptor, doorbell, random, resetKey);
            group.add(endpoint, doorbell, sockets, new SystemClock(), AgentListener.NONE);
        }
        address = group.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "echo");
    }

    private final class Echo implements ConnectionListener {
        private final byte[] buffer = new byte[10_000];

        @Override
        public void onHandshakeComplete(Connection connection, long nowNs) {
            served.put(connection, agentOfThisThread());
        }

        @Override
        public void onStreamReadable(Connection connection, Stream stream) {
            int length;
            while ((length = stream.receive().read(buffer, 0, buffer.length)) > 0) {
                stream.send().write(buffer, 0, length);
            }
            if (length < 0) {
                stream.send().finish();
            }
        }
    }

    private EndpointAgent agentOfThisThread() {
        String name = Thread.currentThread().getName();
        List<EndpointAgent> agents = group.agents();
        return agents.get(Integer.parseInt(name.substring(name.lastIndexOf('-') + 1)));
    }

    @Override
    public void close() {
        group.close();
    }
}
