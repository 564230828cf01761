package dev.tern.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/** The hash function of a cipher suite, on which its key schedule rests (RFC 8446 §7.1). */
public enum HashFunction {
    SHA256("SHA-256", 32, 64),
    SHA384("SHA-384", 48, 128);

    /** The two that HMAC masks its key with (RFC 2104 §2). */
    private static final int INNER = 0x36;

    private static final int OUTER = 0x5c;

    private final int bytes;
    private final int blockBytes;

    /** Copied and never fed: to look for a hash function costs more than a short message's hash. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final MessageDigest fresh;

    HashFunction(String name, int bytes, int blockBytes) {
        this.bytes = bytes;
        this.blockBytes = blockBytes;
        try {
            fresh = MessageDigest.getInstance(name);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + name, e);
        }
    }

    /** Length of a hash, and of every traffic secret. */
    public int bytes() {
        return bytes;
    }

    /** How much is hashed at once, on which HMAC rests (RFC 2104 §2). */
    public int blockBytes() {
        return blockBytes;
    }

    public byte[] digest(byte[] message) {
        return newDigest().digest(message);
    }

    /** One to feed in pieces. */
    public MessageDigest newDigest() {
        try {
            return (MessageDigest) fresh.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("this JDK cannot copy a hash", e);
        }
    }

    /**
     * HMAC (RFC 2104) of the parts, one after the other. The JDK's own takes longer to be looked up
     * and given its key than it computes for a key schedule's short messages.
     */
    public byte[] mac(byte[] key, byte[]... parts) {
        MessageDigest digest = newDigest();
        byte[] pad = Arrays.copyOf(key.length > blockBytes ? digest.digest(key) : key, blockBytes);
        mask(pad, INNER);
        digest.update(pad);
        for (byte[] part : parts) {
            digest.update(part);
        }
        byte[] inner = digest.digest();
        mask(pad, INNER ^ OUTER);
        digest.update(pad);
        byte[] mac = digest.digest(inner);
        Arrays.fill(pad, (byte) 0);
        Arrays.fill(inner, (byte) 0);
        return mac;
    }

    private static void mask(byte[] pad, int mask) {
        for (int i = 0; i < pad.length; i++) {
            pad[i] ^= (byte) mask;
        }
    }
}
