package dev.tern.quic.wire;

/** Sizes and limits of variable-length integers (RFC 9000 §16). */
public final class VarInt {
    /** The largest value a variable-length integer can hold: 2^62 - 1. */
    public static final long MAX = (1L << 62) - 1;

    private VarInt() {}

    /** How many bytes the shortest encoding of a value takes: 1, 2, 4 or 8. */
    public static int size(long value) {
        if (value < 1 << 6) {
            return 1;
        }
        if (value < 1 << 14) {
            return 2;
        }
        return value < 1 << 30 ? 4 : 8;
    }
}
