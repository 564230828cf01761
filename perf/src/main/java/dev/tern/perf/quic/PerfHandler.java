package dev.tern.perf.quic;

import dev.tern.quic.api.ConnectionHandler;
import dev.tern.quic.api.QuicConnection;
import dev.tern.quic.api.QuicException;
import dev.tern.quic.api.QuicStream;

/** Serves connections as their application protocol says. */
final class PerfHandler implements ConnectionHandler {
    private final Meter meter;

    PerfHandler(Meter meter) {
        this.meter = meter;
    }

    @Override
    public void onConnected(QuicConnection connection) {
        meter.add(connection);
    }

    @Override
    public void onStream(QuicConnection connection, QuicStream stream) {
        stream.handler(
                PerfProtocol.ECHO.equals(connection.applicationProtocol())
                        ? new Echo(count -> {})
                        : new Response(connection, meter.streamBytes()));
    }

    @Override
    public void onClosed(QuicConnection connection, QuicException why) {
        meter.remove(connection);
    }
}
