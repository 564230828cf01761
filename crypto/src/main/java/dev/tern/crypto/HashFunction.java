package dev.tern.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The hash function of a cipher suite, on which its key schedule rests (RFC 8446 §7.1). */
public enum HashFunction {
    SHA256("SHA-256", "HmacSHA256", 32, 64),
    SHA384("SHA-384", "HmacSHA384", 48, 128);

    private final String digestName;
    private final String macName;
    private final int bytes;
    private final int blockBytes;

    /** Found once: looking for one costs more than the hash of a short message. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Provider digestProvider;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Provider macProvider;

    HashFunction(String digestName, String macName, int bytes, int blockBytes) {
        this.digestName = digestName;
        this.macName = macName;
        this.bytes = bytes;
        this.blockBytes = blockBytes;
        try {
            digestProvider = MessageDigest.getInstance(digestName).getProvider();
            macProvider = Mac.getInstance(macName).getProvider();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + digestName, e);
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
            return MessageDigest.getInstance(digestName, digestProvider);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + digestName, e);
        }
    }

    /** HMAC (RFC 2104) of the parts, one after the other. */
    public byte[] mac(byte[] key, byte[]... parts) {
        // The JDK refuses an empty key; HMAC pads it with zeros anyway.
        byte[] padded = key.length == 0 ? new byte[bytes] : key;
        try {
            Mac mac = Mac.getInstance(macName, macProvider);
            mac.init(new SecretKeySpec(padded, macName));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + macName, e);
        }
    }
}
