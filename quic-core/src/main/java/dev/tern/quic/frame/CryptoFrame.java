package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;
import dev.tern.quic.wire.VarInt;

/** CRYPTO: bytes of the TLS handshake (RFC 9000 §19.6). */
public final class CryptoFrame {
    static final int TYPE = 0x06;

    static void decode(ByteReader in, FrameHandler handler) {
        long streamOffset = in.readVarint();
        int length = in.readLength();
        if (streamOffset > VarInt.MAX - length) {
            throw new TransportException(
                    TransportError.FRAME_ENCODING_ERROR,
                    "CRYPTO: " + length + " bytes at offset " + streamOffset + " pass 2^62 - 1");
        }
        handler.onCrypto(streamOffset, in.array(), in.position(), length);
        in.skip(length);
    }

    /** How many bytes {@link #encodeHeader} will write. */
    public static int headerSize(long streamOffset, int length) {
        return 1 + VarInt.size(streamOffset) + VarInt.size(length);
    }

    /** Writes all but the data, which the caller puts behind it. */
    public static void encodeHeader(ByteWriter out, long streamOffset, int length) {
        out.writeByte(TYPE);
        out.writeVarint(streamOffset);
        out.writeVarint(length);
    }

    private CryptoFrame() {}
}
