package dev.tern.crypto.aead;

import java.util.Arrays;

import javax.crypto.SecretKey;

/** A key for the JDK's ciphers that can be wiped, which their own {@code SecretKeySpec} cannot. */
public final class WipeableKey implements SecretKey {
    private static final long serialVersionUID = 1L;

    private final String algorithm;
    private final transient byte[] bytes;
    private transient boolean destroyed;

    public WipeableKey(String algorithm, byte[] bytes) {
        this.algorithm = algorithm;
        this.bytes = bytes.clone();
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    /** A copy: the ciphers wipe what they got. */
    @Override
    public byte[] getEncoded() {
        if (destroyed) {
            throw new IllegalStateException("this key has been destroyed");
        }
        return bytes.clone();
    }

    @Override
    public void destroy() {
        Arrays.fill(bytes, (byte) 0);
        destroyed = true;
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }
}
