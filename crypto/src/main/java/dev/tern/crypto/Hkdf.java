package dev.tern.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * HKDF (RFC 5869), and TLS 1.3's way to use it (RFC 8446 §7.1); with SHA-256 where nothing else is
 * said.
 */
public final class Hkdf {
    /** Limit of a label with its prefix, and of a context (RFC 8446 §7.1). */
    private static final int MAX_FIELD_BYTES = 255;

    private static final int MAX_OUTPUT_BLOCKS = 255;
    private static final byte[] NO_CONTEXT = new byte[0];
    private static final String LABEL_PREFIX = "tls13 ";

    private Hkdf() {}

    /** HKDF-Extract (RFC 5869 §2.2). */
    public static byte[] extract(byte[] salt, byte[] inputKeyingMaterial) {
        return HashFunction.SHA256.mac(salt, inputKeyingMaterial);
    }

    /** HKDF-Expand-Label with an empty context. */
    public static byte[] expandLabel(byte[] secret, String label, int length) {
        return expandLabel(HashFunction.SHA256, secret, label, length);
    }

    /** HKDF-Expand-Label (RFC 8446 §7.1). */
    public static byte[] expandLabel(byte[] secret, String label, byte[] context, int length) {
        return expandLabel(HashFunction.SHA256, secret, label, context, length);
    }

    /** HKDF-Expand-Label with the hash of a cipher suite and an empty context. */
    public static byte[] expandLabel(HashFunction hash, byte[] secret, String label, int length) {
        return expandLabel(hash, secret, label, NO_CONTEXT, length);
    }

    /** HKDF-Expand-Label with the hash of a cipher suite (RFC 8446 §7.1). */
    public static byte[] expandLabel(
            HashFunction hash, byte[] secret, String label, byte[] context, int length) {
        byte[] name = (LABEL_PREFIX + label).getBytes(StandardCharsets.US_ASCII);
        if (name.length > MAX_FIELD_BYTES || context.length > MAX_FIELD_BYTES) {
            throw new IllegalArgumentException("HKDF label or context is longer than 255 bytes");
        }
        byte[] info = new byte[2 + 1 + name.length + 1 + context.length];
        info[0] = (byte) (length >>> 8);
        info[1] = (byte) length;
        info[2] = (byte) name.length;
        System.arraycopy(name, 0, info, 3, name.length);
        info[3 + name.length] = (byte) context.length;
        System.arraycopy(context, 0, info, 4 + name.length, context.length);
        return expand(hash, secret, info, length);
    }

    /** HKDF-Expand (RFC 5869 §2.3). */
    private static byte[] expand(HashFunction hash, byte[] secret, byte[] info, int length) {
        if (length < 0 || length > MAX_OUTPUT_BLOCKS * hash.bytes()) {
            throw new IllegalArgumentException("HKDF cannot give " + length + " bytes");
        }
        byte[] output = new byte[length];
        byte[] block = NO_CONTEXT;
        byte[] counter = new byte[1];
        for (int filled = 0; filled < length; filled += block.length) {
            counter[0]++;
            byte[] previous = block;
            block = hash.mac(secret, previous, info, counter);
            Arrays.fill(previous, (byte) 0);
            System.arraycopy(block, 0, output, filled, Math.min(block.length, length - filled));
        }
        Arrays.fill(block, (byte) 0);
        return output;
    }
}
