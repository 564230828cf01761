package dev.tern.crypto;

import java.security.MessageDigest;

/** Comparisons whose duration tells nothing about the bytes compared. */
public final class ConstantTime {
    private ConstantTime() {}

    /** Whether both arrays hold the same bytes. */
    public static boolean equal(byte[] a, byte[] b) {
        return MessageDigest.isEqual(a, b);
    }

    /** Whether both ranges hold the same bytes; allocates nothing. */
    public static boolean equal(byte[] a, int aOffset, byte[] b, int bOffset, int length) {
        int difference = 0;
        for (int i = 0; i < length; i++) {
            difference |= a[aOffset + i] ^ b[bOffset + i];
        }
        return difference == 0;
    }
}
