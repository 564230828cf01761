package dev.tern.perf.compare.end;

import dev.tern.perf.quic.Echo;
import dev.tern.perf.quic.Latencies;
import dev.tern.quic.api.ConnectionHandler;
import dev.tern.quic.api.QuicConnection;
import dev.tern.quic.api.QuicStream;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** Tern sending a byte there and back. */
final class TernEcho implements Stack {
    private final TernEnd end;
    private final Latencies latencies;
    private final BiFunction<QuicStream, Latencies, CompletableFuture<Void>> ping;

    /**
     * @param ping how the client does it
     */
    TernEcho(
            Path folder,
            Latencies latencies,
            BiFunction<QuicStream, Latencies, CompletableFuture<Void>> ping) {
        end = new TernEnd(folder);
        this.latencies = latencies;
        this.ping = ping;
    }

    @Override
    public int receive(Meter received) throws IOException {
        return end.serve(
                new ConnectionHandler() {
                    @Override
                    public void onStream(QuicConnection connection, QuicStream stream) {
                        stream.handler(new Echo(received::add));
                    }
                });
    }

    @Override
    public void send(int port) throws IOException {
        ping.apply(
                        end.dialler()
                                .connect(TernEnd.loopback(port), end.clientConfig())
                                .openStream(),
                        latencies)
                .join();
    }
}
