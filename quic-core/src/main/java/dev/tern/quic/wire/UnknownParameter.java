package dev.tern.quic.wire;

import java.util.Arrays;
import java.util.HexFormat;

/** A transport parameter that Tern does not know, as it came (RFC 9000 §7.4.2). */
public record UnknownParameter(long id, byte[] value) {
    public UnknownParameter {
        value = value.clone();
    }

    @Override
    public byte[] value() {
        return value.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UnknownParameter that
                && id == that.id
                && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id) * 31 + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "0x" + Long.toHexString(id) + "=" + HexFormat.of().formatHex(value);
    }
}
