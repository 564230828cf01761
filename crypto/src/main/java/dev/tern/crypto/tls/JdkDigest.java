package dev.tern.crypto.tls;

import dev.tern.crypto.HashFunction;

import org.bouncycastle.crypto.ExtendedDigest;

import java.security.DigestException;
import java.security.MessageDigest;

/** The JDK's hash functions for BouncyCastle: they use what the CPU has for them. */
final class JdkDigest implements ExtendedDigest {
    private final HashFunction function;
    private final MessageDigest digest;

    JdkDigest(HashFunction function) {
        this(function, function.newDigest());
    }

    private JdkDigest(HashFunction function, MessageDigest digest) {
        this.function = function;
        this.digest = digest;
    }

    /** Another that has seen the same. */
    JdkDigest copy() {
        try {
            return new JdkDigest(function, (MessageDigest) digest.clone());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("this JDK cannot copy a hash", e);
        }
    }

    @Override
    public String getAlgorithmName() {
        return digest.getAlgorithm();
    }

    @Override
    public int getDigestSize() {
        return function.bytes();
    }

    @Override
    public int getByteLength() {
        return function.blockBytes();
    }

    @Override
    public void update(byte in) {
        digest.update(in);
    }

    @Override
    public void update(byte[] in, int offset, int length) {
        digest.update(in, offset, length);
    }

    @Override
    public int doFinal(byte[] out, int offset) {
        try {
            return digest.digest(out, offset, function.bytes());
        } catch (DigestException e) {
            throw new IllegalArgumentException("no room for a hash", e);
        }
    }

    @Override
    public void reset() {
        digest.reset();
    }
}
