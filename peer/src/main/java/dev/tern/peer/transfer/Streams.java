package dev.tern.peer.transfer;

import dev.tern.quic.api.QuicStream;

import java.io.IOException;

/** Reading whole records from a stream. */
final class Streams {
    private Streams() {}

    static void readFully(QuicStream stream, byte[] buffer, int length) throws IOException {
        int offset = 0;
        while (offset < length) {
            int n = stream.read(buffer, offset, length - offset);
            if (n < 0) {
                throw new TransferException("the peer ended the transfer early");
            }
            offset += n;
        }
    }
}
