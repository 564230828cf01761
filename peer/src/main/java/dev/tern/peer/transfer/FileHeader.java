package dev.tern.peer.transfer;

import dev.tern.quic.api.QuicStream;
import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What goes before a file's bytes: a format number, the name, the size.
 *
 * @param name as the sender has it; see {@link SafeName} before it touches a disk
 * @param sizeBytes how many bytes follow
 */
record FileHeader(String name, long sizeBytes) {
    private static final int FORMAT = 1;
    private static final int MAX_NAME_BYTES = 1024;
    private static final int FIXED_BYTES = 1 + 8 + 2;

    void write(QuicStream stream) throws IOException {
        byte[] encodedName = name.getBytes(StandardCharsets.UTF_8);
        ByteWriter out =
                new ByteWriter()
                        .wrap(
                                new byte[FIXED_BYTES + encodedName.length],
                                0,
                                FIXED_BYTES + encodedName.length);
        out.writeByte(FORMAT);
        out.writeLong(sizeBytes);
        out.writeShort(encodedName.length);
        out.writeBytes(encodedName);
        stream.write(out.array(), 0, out.position());
    }

    static FileHeader read(QuicStream stream) throws IOException {
        byte[] fixed = new byte[FIXED_BYTES];
        Streams.readFully(stream, fixed, FIXED_BYTES);
        ByteReader in = new ByteReader().wrap(fixed, 0, FIXED_BYTES);
        int format = in.readByte();
        if (format != FORMAT) {
            throw new TransferException(
                    "the sender uses a newer format (" + format + "); update Tern on this side");
        }
        long size = in.readLong();
        int nameLength = in.readShort();
        if (size < 0 || nameLength > MAX_NAME_BYTES) {
            throw new TransferException("the sender's description of the file makes no sense");
        }
        byte[] encodedName = new byte[nameLength];
        Streams.readFully(stream, encodedName, nameLength);
        return new FileHeader(new String(encodedName, StandardCharsets.UTF_8), size);
    }
}
