package dev.tern.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The hash function of a cipher suite, on which its key schedule rests (RFC 8446 §7.1). */
public enum HashFunction {
    SHA256("SHA-256", "HmacSHA256", 32),
    SHA384("SHA-384", "HmacSHA384", 48);

    private final String digestName;
    private final String macName;
    private final int bytes;

    HashFunction(String digestName, String macName, int bytes) {
        this.digestName = digestName;
        this.macName = macName;
        this.bytes = bytes;
    }

    /** Length of a hash, and of every traffic secret. */
    public int bytes() {
        return bytes;
    }

    public byte[] digest(byte[] message) {
        try {
            return MessageDigest.getInstance(digestName).digest(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + digestName, e);
        }
    }

    /** HMAC (RFC 2104) of the parts, one after the other. */
    public byte[] mac(byte[] key, byte[]... parts) {
        // The JDK refuses an empty key; HMAC pads it with zeros anyway.
        byte[] padded = key.length == 0 ? new byte[bytes] : key;
        try {
            Mac mac = Mac.getInstance(macName);
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
