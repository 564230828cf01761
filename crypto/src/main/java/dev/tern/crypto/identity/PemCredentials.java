package dev.tern.crypto.identity;

import dev.tern.crypto.tls.Credentials;
import dev.tern.crypto.tls.SignatureScheme;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.List;

/**
 * The certificate chain and key of an ordinary server or client, from PEM files: RSA, ECDSA on
 * P-256 and P-384, Ed25519. Signatures are the JDK's.
 */
public final class PemCredentials implements Credentials {
    private static final int MIN_RSA_BITS = 2048;
    private static final byte[] PROBE = {'t', 'e', 'r', 'n'};

    private final List<byte[]> chain;
    private final PrivateKey key;
    private final List<SignatureScheme> schemes;
    private final SecureRandom random;

    private PemCredentials(
            List<byte[]> chain,
            PrivateKey key,
            List<SignatureScheme> schemes,
            SecureRandom random) {
        this.chain = chain;
        this.key = key;
        this.schemes = schemes;
        this.random = random;
    }

    /**
     * Reads a chain, our own certificate first, and its key: PKCS #8, SEC 1 or PKCS #1, without
     * password. Both may be in the same file.
     *
     * @param random for signatures that need some
     * @throws IOException with a sentence for a person, if a file cannot be read
     * @throws IllegalArgumentException with a sentence for a person, if they do not hold a chain
     *     and its key
     */
    public static PemCredentials load(Path chainFile, Path keyFile, SecureRandom random)
            throws IOException {
        List<byte[]> chain = PemFile.certificates(chainFile);
        PublicKey publicKey = publicKey(chain.getFirst(), chainFile);
        List<SignatureScheme> schemes = schemes(publicKey, chainFile);
        PrivateKey key = privateKey(publicKey.getAlgorithm(), keyFile, chainFile);
        PemCredentials credentials = new PemCredentials(chain, key, schemes, random);
        if (!credentials.belongsTo(publicKey)) {
            throw mismatch(keyFile, chainFile);
        }
        return credentials;
    }

    private static PublicKey publicKey(byte[] der, Path chainFile) {
        try {
            Certificate certificate =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der));
            return certificate.getPublicKey();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the certificate is malformed: " + chainFile, e);
        }
    }

    private static PrivateKey privateKey(String algorithm, Path keyFile, Path chainFile)
            throws IOException {
        byte[] pkcs8 = PemFile.privateKey(keyFile);
        try {
            return KeyFactory.getInstance(algorithm)
                    .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw mismatch(keyFile, chainFile);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    private static IllegalArgumentException mismatch(Path keyFile, Path chainFile) {
        return new IllegalArgumentException(
                "the key in " + keyFile + " does not belong to the certificate in " + chainFile);
    }

    private static List<SignatureScheme> schemes(PublicKey key, Path chainFile) {
        return switch (key) {
            case EdECKey ed when ed.getParams().getName().equals("Ed25519") ->
                    List.of(SignatureScheme.ED25519);
            case ECKey ec when ec.getParams().getOrder().bitLength() == 256 ->
                    List.of(SignatureScheme.ECDSA_SECP256R1_SHA256);
            case ECKey ec when ec.getParams().getOrder().bitLength() == 384 ->
                    List.of(SignatureScheme.ECDSA_SECP384R1_SHA384);
            case RSAKey rsa when rsa.getModulus().bitLength() >= MIN_RSA_BITS ->
                    List.of(
                            SignatureScheme.RSA_PSS_RSAE_SHA256,
                            SignatureScheme.RSA_PSS_RSAE_SHA384,
                            SignatureScheme.RSA_PSS_RSAE_SHA512);
            default ->
                    throw new IllegalArgumentException(
                            "the key must be Ed25519, ECDSA on P-256 or P-384, or RSA of 2048 bits"
                                    + " or more: "
                                    + chainFile);
        };
    }

    private boolean belongsTo(PublicKey publicKey) {
        SignatureScheme scheme = schemes.getFirst();
        try {
            Signature signature = signature(scheme);
            signature.initVerify(publicKey);
            signature.update(PROBE);
            return signature.verify(sign(scheme, PROBE));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Signature signature(SignatureScheme scheme) throws GeneralSecurityException {
        return switch (scheme) {
            case ED25519 -> Signature.getInstance("Ed25519");
            case ECDSA_SECP256R1_SHA256 -> Signature.getInstance("SHA256withECDSA");
            case ECDSA_SECP384R1_SHA384 -> Signature.getInstance("SHA384withECDSA");
            case RSA_PSS_RSAE_SHA256 -> pss(MGF1ParameterSpec.SHA256, 32);
            case RSA_PSS_RSAE_SHA384 -> pss(MGF1ParameterSpec.SHA384, 48);
            case RSA_PSS_RSAE_SHA512 -> pss(MGF1ParameterSpec.SHA512, 64);
        };
    }

    /** The salt is as long as the hash (RFC 8446 §4.2.3). */
    private static Signature pss(MGF1ParameterSpec mask, int hashBytes)
            throws GeneralSecurityException {
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(
                new PSSParameterSpec(
                        mask.getDigestAlgorithm(),
                        "MGF1",
                        mask,
                        hashBytes,
                        PSSParameterSpec.TRAILER_FIELD_BC));
        return signature;
    }

    @Override
    public List<byte[]> certificateChain() {
        return chain;
    }

    @Override
    public List<SignatureScheme> signatureSchemes() {
        return schemes;
    }

    @Override
    public byte[] sign(SignatureScheme scheme, byte[] message) {
        try {
            Signature signature = signature(scheme);
            signature.initSign(key, random);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign", e);
        }
    }

    /** The public side only. */
    @Override
    public String toString() {
        return "PemCredentials" + schemes;
    }
}
