package dev.tern.crypto.tls;

import dev.tern.crypto.HashFunction;

import org.bouncycastle.crypto.Digest;
import org.bouncycastle.tls.CertificateType;
import org.bouncycastle.tls.crypto.CryptoHashAlgorithm;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsCryptoUtils;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.bouncycastle.tls.crypto.TlsECDomain;
import org.bouncycastle.tls.crypto.TlsKemConfig;
import org.bouncycastle.tls.crypto.TlsKemDomain;
import org.bouncycastle.tls.crypto.TlsNonceGenerator;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

import java.io.IOException;
import java.security.SecureRandom;

/**
 * BouncyCastle's cryptography, with a few changes: where it would make the cipher of a record
 * layer, it hands the traffic secrets to QUIC; it knows session tickets' keys; no clock mixes into
 * its nonces; and what others compute faster is theirs.
 */
final class HandshakeCrypto extends BcTlsCrypto {
    /** Of the hybrid group, the part that no quantum computer breaks. */
    private static final int MLKEM768 = org.bouncycastle.tls.NamedGroup.MLKEM768;

    private final SecureRandom random;
    private final Handshake handshake;

    HandshakeCrypto(SecureRandom random, Handshake handshake) {
        super(random);
        this.random = random;
        this.handshake = handshake;
    }

    @Override
    public TlsCipher createCipher(
            TlsCryptoParameters parameters, int encryptionAlgorithm, int macAlgorithm) {
        handshake.onSecrets(parameters.getSecurityParametersHandshake());
        return UnusedCipher.INSTANCE;
    }

    @Override
    public TlsCertificate createCertificate(short type, byte[] encoded) {
        try {
            return type == CertificateType.X509
                    ? new PeerKeyCertificate(this, encoded)
                    : super.createCertificate(type, encoded);
        } catch (IOException | RuntimeException e) {
            throw new TlsAlertException(
                    TlsAlert.BAD_CERTIFICATE, "the peer's certificate is malformed");
        }
    }

    @Override
    public TlsECDomain createECDomain(TlsECConfig config) {
        return config.getNamedGroup() == NamedGroup.X25519.code()
                ? () -> new X25519Agreement(this)
                : super.createECDomain(config);
    }

    @Override
    public TlsKemDomain createKemDomain(TlsKemConfig config) {
        return config.getNamedGroup() == MLKEM768
                ? () -> new MlKemAgreement(this, config.isServer())
                : super.createKemDomain(config);
    }

    @Override
    public Digest createDigest(int hash) {
        return switch (hash) {
            case CryptoHashAlgorithm.sha256 -> new JdkDigest(HashFunction.SHA256);
            case CryptoHashAlgorithm.sha384 -> new JdkDigest(HashFunction.SHA384);
            default -> super.createDigest(hash);
        };
    }

    @Override
    public Digest cloneDigest(int hash, Digest digest) {
        return digest instanceof JdkDigest ours ? ours.copy() : super.cloneDigest(hash, digest);
    }

    /** So that a session ticket's key is told from an external one. */
    @Override
    public TlsSecret hkdfInit(int hash) {
        return new ResumptionSecret.Salt(this, TlsCryptoUtils.getHashOutputSize(hash));
    }

    /**
     * Straight from the random source. BouncyCastle hashes it together with a counter and the time
     * of day, and then no handshake could be repeated byte for byte.
     */
    @Override
    public TlsNonceGenerator createNonceGenerator(byte[] additionalSeedMaterial) {
        return size -> {
            byte[] nonce = new byte[size];
            random.nextBytes(nonce);
            return nonce;
        };
    }
}
