package dev.tern.perf.compare.end;

import dev.tern.perf.quic.Latencies;
import dev.tern.perf.quic.Redial;
import dev.tern.quic.api.ConnectionHandler;
import dev.tern.quic.api.QuicConnection;
import dev.tern.quic.api.QuicEndpoint;
import dev.tern.quic.connection.ConnectionConfig;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** Tern making connections. */
final class TernHandshakes implements Stack {
    private final TernEnd end;

    TernHandshakes(Path folder) {
        end = new TernEnd(folder);
    }

    @Override
    public int receive(Meter received) throws IOException {
        return end.serve(
                new ConnectionHandler() {
                    @Override
                    public void onConnected(QuicConnection connection) {
                        received.add(1);
                    }
                });
    }

    @Override
    public void send(int port) throws IOException {
        QuicEndpoint endpoint = end.dialler();
        ConnectionConfig config = end.clientConfig();
        InetSocketAddress server = TernEnd.loopback(port);
        new Redial(() -> endpoint.connectAsync(server, config), new Latencies())
                .start(CONNECTIONS)
                .join();
    }
}
