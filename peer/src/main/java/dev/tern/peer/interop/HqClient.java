package dev.tern.peer.interop;

import dev.tern.quic.api.QuicConnection;
import dev.tern.quic.api.QuicStream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The protocol {@code hq-interop}, a client's side. */
final class HqClient implements FileClient {
    private final QuicConnection connection;

    HqClient(QuicConnection connection) {
        this.connection = connection;
    }

    @Override
    public InputStream get(Download file) throws IOException {
        QuicStream stream = connection.openStream();
        stream.write(("GET " + file.path() + "\r\n").getBytes(StandardCharsets.UTF_8));
        stream.finish();
        return stream.inputStream();
    }
}
