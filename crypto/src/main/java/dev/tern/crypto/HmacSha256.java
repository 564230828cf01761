package dev.tern.crypto;

/** HMAC with SHA-256 (RFC 2104). */
public final class HmacSha256 {
    public static final int MAC_BYTES = 32;

    private HmacSha256() {}

    /** The MAC of the parts, one after the other. */
    public static byte[] mac(byte[] key, byte[]... parts) {
        return HashFunction.SHA256.mac(key, parts);
    }
}
