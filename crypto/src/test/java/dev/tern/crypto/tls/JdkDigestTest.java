package dev.tern.crypto.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.crypto.HashFunction;

import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdkDigestTest {
    private static final byte[] FIRST = {1, 2, 3};
    private static final byte[] SECOND = {4, 5, 6, 7};

    @ParameterizedTest
    @EnumSource
    void shouldHashAsBouncyCastleDoes(HashFunction function) {
        assertThat(hash(new JdkDigest(function), FIRST, SECOND))
                .isEqualTo(hash(bouncyCastle(function), FIRST, SECOND));
    }

    @ParameterizedTest
    @EnumSource
    void shouldGoOnWithItsCopyApart(HashFunction function) {
        JdkDigest digest = new JdkDigest(function);
        digest.update(FIRST, 0, FIRST.length);
        JdkDigest copy = digest.copy();

        assertThat(hash(copy, SECOND)).isEqualTo(hash(bouncyCastle(function), FIRST, SECOND));
        assertThat(hash(digest)).isEqualTo(hash(bouncyCastle(function), FIRST));
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeginAnewAfterAHash(HashFunction function) {
        JdkDigest digest = new JdkDigest(function);
        hash(digest, FIRST);

        assertThat(hash(digest, SECOND)).isEqualTo(hash(bouncyCastle(function), SECOND));
    }

    @ParameterizedTest
    @EnumSource
    void shouldMakeTheSameMac(HashFunction function) {
        assertThat(mac(new JdkDigest(function))).isEqualTo(mac(bouncyCastle(function)));
    }

    private static Digest bouncyCastle(HashFunction function) {
        return switch (function) {
            case SHA256 -> new SHA256Digest();
            case SHA384 -> new SHA384Digest();
        };
    }

    private static byte[] hash(Digest digest, byte[]... parts) {
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] result = new byte[digest.getDigestSize()];
        digest.doFinal(result, 0);
        return result;
    }

    private static byte[] mac(Digest digest) {
        HMac mac = new HMac(digest);
        mac.init(new KeyParameter(FIRST));
        mac.update(SECOND, 0, SECOND.length);
        byte[] result = new byte[mac.getMacSize()];
        mac.doFinal(result, 0);
        return result;
    }
}
