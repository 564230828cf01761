package dev.tern.crypto.resumption;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Writes a ticket's fields one after the other, each list and byte string with its length. */
final class FieldWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    FieldWriter number(long value) {
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            out.write((int) (value >>> shift));
        }
        return this;
    }

    FieldWriter bytes(byte[] value) {
        out.write(value.length >>> 16);
        out.write(value.length >>> 8);
        out.write(value.length);
        out.writeBytes(value);
        return this;
    }

    FieldWriter list(List<byte[]> values) {
        number(values.size());
        values.forEach(this::bytes);
        return this;
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
