package dev.tern.peer.interop.http3;

import org.eclipse.jetty.http3.qpack.QpackEncoder;
import org.eclipse.jetty.http3.qpack.QpackException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * What the other side's QPACK decoder says (RFC 9204 §4.4). As nothing was ever inserted into its
 * table, it can only say that it gave up a stream.
 */
final class DecoderStream {
    private static final int CHUNK_BYTES = 512;

    private final InputStream in;

    DecoderStream(InputStream in) {
        this.in = in;
    }

    /** Reads to its end. */
    void read() throws IOException {
        QpackEncoder encoder = new QpackEncoder(instructions -> {});
        byte[] chunk = new byte[CHUNK_BYTES];
        int count;
        while ((count = in.read(chunk, 0, chunk.length)) >= 0) {
            try {
                encoder.parseInstructions(ByteBuffer.wrap(chunk, 0, count));
            } catch (QpackException e) {
                throw new Http3Exception(Http3Error.QPACK_DECODER_STREAM_ERROR, e.getMessage(), e);
            }
        }
    }
}
