package dev.tern.crypto.tls;

import dev.tern.crypto.CipherSuite;

import org.bouncycastle.tls.PRFAlgorithm;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A cipher suite's hash: for the transcript, and inside HKDF (RFC 8446 §7.1). */
enum PrfHash {
    SHA256("SHA-256", "HmacSHA256", 32, PRFAlgorithm.tls13_hkdf_sha256),
    SHA384("SHA-384", "HmacSHA384", 48, PRFAlgorithm.tls13_hkdf_sha384);

    private static final int TLS_AES_256_GCM_SHA384 = 0x1302;

    private final String digestName;
    private final String macName;
    private final int bytes;
    private final int bouncyCastlePrf;

    PrfHash(String digestName, String macName, int bytes, int bouncyCastlePrf) {
        this.digestName = digestName;
        this.macName = macName;
        this.bytes = bytes;
        this.bouncyCastlePrf = bouncyCastlePrf;
    }

    static PrfHash of(CipherSuite suite) {
        return ofCode(suite.code());
    }

    static PrfHash ofCode(int cipherSuite) {
        return cipherSuite == TLS_AES_256_GCM_SHA384 ? SHA384 : SHA256;
    }

    int bytes() {
        return bytes;
    }

    int bouncyCastlePrf() {
        return bouncyCastlePrf;
    }

    byte[] digest(byte[] message) {
        try {
            return MessageDigest.getInstance(digestName).digest(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + digestName, e);
        }
    }

    /** HKDF-Extract (RFC 5869 §2.2). */
    byte[] extract(byte[] salt, byte[] inputKeyingMaterial) {
        return mac(salt, inputKeyingMaterial);
    }

    /** HKDF-Expand-Label (RFC 8446 §7.1), with the hash's own length. */
    byte[] expandLabel(byte[] secret, String label, byte[] context) {
        return expandLabel(secret, label, context, bytes);
    }

    byte[] expandLabel(byte[] secret, String label, byte[] context, int length) {
        byte[] name = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
        byte[] info =
                ByteBuffer.allocate(4 + name.length + context.length)
                        .putShort((short) length)
                        .put((byte) name.length)
                        .put(name)
                        .put((byte) context.length)
                        .put(context)
                        .array();
        byte[] output = new byte[length];
        byte[] block = new byte[0];
        for (int filled = 0; filled < length; filled += bytes) {
            byte[] input = Arrays.copyOf(block, block.length + info.length + 1);
            System.arraycopy(info, 0, input, block.length, info.length);
            input[input.length - 1] = (byte) (filled / bytes + 1);
            block = mac(secret, input);
            System.arraycopy(block, 0, output, filled, Math.min(bytes, length - filled));
        }
        return output;
    }

    private byte[] mac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(macName);
            mac.init(new SecretKeySpec(key, macName));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + macName, e);
        }
    }
}
