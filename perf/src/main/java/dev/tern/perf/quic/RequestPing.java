package dev.tern.perf.quic;

import dev.tern.quic.api.QuicConnection;
import dev.tern.quic.api.QuicException;
import dev.tern.quic.api.QuicStream;
import dev.tern.quic.api.StreamHandler;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Asks for a byte on a stream of its own each time, as the QUIC performance protocol has it. */
final class RequestPing {
    private static final byte[] HEADER = PerfProtocol.header(1);

    private final QuicConnection connection;
    private final Latencies latencies;
    private final CompletableFuture<Void> failed = new CompletableFuture<>();

    private RequestPing(QuicConnection connection, Latencies latencies) {
        this.connection = connection;
        this.latencies = latencies;
    }

    static CompletableFuture<Void> start(Client client, Latencies latencies) throws IOException {
        RequestPing ping = new RequestPing(client.connect(), latencies);
        ping.next();
        return ping.failed;
    }

    private void next() {
        long sentNs = System.nanoTime();
        connection
                .openStreamAsync(true)
                .thenAccept(stream -> stream.handler(new Request(sentNs)))
                .exceptionally(this::fail);
    }

    private Void fail(Throwable why) {
        failed.completeExceptionally(why);
        return null;
    }

    private final class Request implements StreamHandler {
        private final byte[] answer = new byte[2];
        private final long sentNs;
        private boolean asked;
        private boolean answered;

        Request(long sentNs) {
            this.sentNs = sentNs;
        }

        @Override
        public void onWritable(QuicStream stream) {
            if (asked) {
                return;
            }
            asked = true;
            try {
                // A new stream has room for as much as that.
                if (stream.writeNow(HEADER, 0, HEADER.length) < HEADER.length) {
                    fail(new IOException("the server lets streams send nothing"));
                }
                stream.finish();
            } catch (IOException e) {
                fail(e);
            }
        }

        @Override
        public void onReadable(QuicStream stream) {
            try {
                int read = stream.readNow(answer, 0, answer.length);
                while (read > 0) {
                    read = stream.readNow(answer, 0, answer.length);
                }
                if (read < 0 && !answered) {
                    answered = true;
                    latencies.record(System.nanoTime() - sentNs);
                    next();
                }
            } catch (IOException e) {
                fail(e);
            }
        }

        @Override
        public void onClosed(QuicStream stream, QuicException why) {
            if (why != null) {
                fail(why);
            }
        }
    }
}
