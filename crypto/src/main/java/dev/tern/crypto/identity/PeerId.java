package dev.tern.crypto.identity;

import dev.tern.crypto.ConstantTime;

import java.util.Arrays;

/**
 * Who a peer is: its Ed25519 public key. As text, lower-case base32 (RFC 4648 §6) without padding,
 * 52 characters.
 */
public final class PeerId {
    public static final int BYTES = 32;

    private final byte[] key;

    private PeerId(byte[] key) {
        this.key = key;
    }

    /** Of the public key's 32 bytes, which are copied. */
    public static PeerId of(byte[] publicKey) {
        if (publicKey.length != BYTES) {
            throw new IllegalArgumentException("a peer id has 32 bytes, not " + publicKey.length);
        }
        return new PeerId(publicKey.clone());
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException with a sentence for a person, if it is not one
     */
    public static PeerId parse(String text) {
        if (text.length() != Base32.encodedLength(BYTES)) {
            throw new IllegalArgumentException(
                    "a peer id has 52 characters, this one has " + text.length());
        }
        byte[] key = Base32.decode(text);
        if (key == null) {
            throw new IllegalArgumentException(
                    "not a peer id: it may hold only the letters a to z and the digits 2 to 7, and"
                            + " must be copied whole");
        }
        return new PeerId(key);
    }

    /**
     * The key of a peer's certificate. That it is properly signed is for {@link PeerVerifiers} to
     * check.
     *
     * @throws TlsAlertException if it is no well-formed certificate of an Ed25519 key
     */
    public static PeerId ofCertificate(byte[] der) {
        return PeerCertificate.peerId(der);
    }

    /** The 32 bytes of the public key, a copy. */
    public byte[] bytes() {
        return key.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PeerId that && ConstantTime.equal(key, that.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    @Override
    public String toString() {
        return Base32.encode(key);
    }
}
