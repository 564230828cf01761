package dev.tern.peer.interop.http3;

import dev.tern.quic.api.QuicConnection;
import dev.tern.quic.api.QuicStream;

import java.io.IOException;
import java.io.InputStream;

/** Fetches files over one connection. */
public final class Http3Client {
    private final QuicConnection connection;
    private final Http3Connection http3;

    private Http3Client(QuicConnection connection) {
        this.connection = connection;
        http3 = new Http3Connection(connection, false);
    }

    /** On a connection on which nothing was opened yet. */
    public static Http3Client on(QuicConnection connection) throws IOException {
        Http3Client client = new Http3Client(connection);
        client.http3.open();
        Thread.startVirtualThread(client::accept);
        return client;
    }

    private void accept() {
        try {
            http3.accept(stream -> {});
        } catch (IOException e) {
            // Whoever waits for a response hears the same.
        }
    }

    /**
     * Asks for something; waits while the server allows no more requests.
     *
     * @param path as in a URI, escapes and all
     * @return its bytes; reading them throws if the server has none for it
     */
    public InputStream get(String authority, String path) throws IOException {
        QuicStream stream = connection.openStream();
        stream.write(Frames.whole(FrameType.HEADERS, FieldSections.get(authority, path)));
        stream.finish();
        return new Body(stream);
    }

    /** A response's; the head is read with the first bytes of it. */
    private final class Body extends InputStream {
        private final QuicStream stream;
        private final MessageReader message;
        private final byte[] single = new byte[1];
        private Response head;
        private boolean ended;

        Body(QuicStream stream) {
            this.stream = stream;
            message = new MessageReader(stream.inputStream(), true);
        }

        @Override
        public int read() throws IOException {
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
        }

        @Override
        public int read(byte[] destination, int offset, int length) throws IOException {
            try {
                if (head == null) {
                    head = message.response();
                }
                if (head.status() != Response.OK) {
                    throw new IOException("status " + head.status());
                }
                int count = message.read(destination, offset, length);
                ended = count < 0;
                return count;
            } catch (Http3Exception e) {
                http3.fail(e);
                stream.stopSending(e.error().code());
                throw e;
            }
        }

        @Override
        public void close() {
            if (!ended) {
                stream.stopSending(Http3Error.H3_REQUEST_CANCELLED.code());
            }
        }
    }
}
