package dev.tern.crypto.resumption;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@link FieldWriter} wrote. */
final class FieldReader {
    private final ByteBuffer in;

    FieldReader(byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
    }

    long number() {
        return require(Long.BYTES).getLong();
    }

    byte[] bytes() {
        require(3);
        int length = (in.get() & 0xff) << 16 | (in.get() & 0xff) << 8 | in.get() & 0xff;
        require(length);
        byte[] value = new byte[length];
        in.get(value);
        return value;
    }

    List<byte[]> list() {
        long count = number();
        List<byte[]> values = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            values.add(bytes());
        }
        return values;
    }

    void end() {
        if (in.hasRemaining()) {
            throw malformed();
        }
    }

    private ByteBuffer require(int length) {
        if (in.remaining() < length) {
            throw malformed();
        }
        return in;
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("not a session ticket");
    }
}
