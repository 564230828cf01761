package dev.tern.crypto.ecdsa;

/**
 * ECDSA on P-256 with SHA-256, {@code ecdsa_secp256r1_sha256} of RFC 8446 §4.2.3, by one library.
 * Safe for use by any thread.
 */
public interface EcdsaP256 {
    /** Length of a private key, most significant byte first (RFC 5915 §3). */
    int SCALAR_BYTES = 32;

    /** Length of a public key: an uncompressed point (RFC 5480 §2.2). */
    int POINT_BYTES = 65;

    /** A private key, kept by the library until nothing refers to this. */
    @FunctionalInterface
    interface Signer {
        /** The signature in DER. Its nonce is of the library's own randomness. */
        byte[] sign(byte[] message);
    }

    /** The library and its version, for a person to read. */
    String description();

    /**
     * Takes a key pair over.
     *
     * @throws IllegalArgumentException if it is none
     */
    Signer signer(byte[] privateKey, byte[] publicKey);

    /**
     * Whether that is a signature of the message. Never throws, whatever a peer has sent.
     *
     * @param publicKey any bytes at all
     * @param signature any bytes at all
     */
    boolean verify(byte[] publicKey, byte[] message, byte[] signature);
}
