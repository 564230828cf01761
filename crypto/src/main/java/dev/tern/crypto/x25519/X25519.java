package dev.tern.crypto.x25519;

/** Diffie-Hellman on Curve25519 (RFC 7748 §6.1) by one library. Safe for use by any thread. */
public interface X25519 {
    /** Length of a private key, of a public key and of a shared secret. */
    int BYTES = 32;

    /** The library and its version, for a person to read. */
    String description();

    /**
     * Computes the secret that is shared with a peer.
     *
     * @param publicKey the one that belongs to {@code privateKey}
     * @param peersKey any bytes at all
     * @param secret takes the result
     * @return false if it is all zeros, as a peer can bring about, and must not be used (RFC 8446
     *     §7.4.2)
     */
    boolean agree(byte[] privateKey, byte[] publicKey, byte[] peersKey, byte[] secret);
}
