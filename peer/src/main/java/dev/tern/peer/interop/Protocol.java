package dev.tern.peer.interop;

import dev.tern.peer.interop.http3.Http3Client;
import dev.tern.peer.interop.http3.Http3Error;
import dev.tern.peer.interop.http3.Http3Server;
import dev.tern.quic.api.QuicConnection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is spoken over a connection to get files. */
enum Protocol {
    HQ_INTEROP("hq-interop", 0) {
        @Override
        FileServer server(Path www, Failures failures) {
            return new HqServer(path -> find(www, path), failures);
        }

        @Override
        FileClient client(QuicConnection connection) {
            return new HqClient(connection);
        }
    },
    H3("h3", Http3Error.H3_NO_ERROR.code()) {
        @Override
        FileServer server(Path www, Failures failures) {
            return new Http3Server(path -> find(www, path), failures::add)::serve;
        }

        @Override
        FileClient client(QuicConnection connection) throws IOException {
            Http3Client client = Http3Client.on(connection);
            return file -> client.get(file.authority(), file.escapedPath());
        }
    };

    private final String alpn;
    private final long noErrorCode;

    Protocol(String alpn, long noErrorCode) {
        this.alpn = alpn;
        this.noErrorCode = noErrorCode;
    }

    abstract FileServer server(Path www, Failures failures);

    abstract FileClient client(QuicConnection connection) throws IOException;

    /** Ends a connection on which all went well. */
    void close(QuicConnection connection) {
        connection.close(noErrorCode, "");
    }

    private static Path find(Path www, String path) {
        Path file = SafePath.in(www, path);
        return file != null && Files.isRegularFile(file) ? file : null;
    }

    /** Its name in the handshake (RFC 7301). */
    @Override
    public String toString() {
        return alpn;
    }
}
