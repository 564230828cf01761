package dev.tern.crypto.identity;

import dev.tern.crypto.ecdsa.EcdsaP256;
import dev.tern.crypto.ecdsa.EcdsaP256Choice;
import dev.tern.crypto.tls.Credentials;
import dev.tern.crypto.tls.SignatureScheme;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
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
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.ECPoint;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.List;

/**
 * The certificate chain and key of an ordinary server or client, from PEM files: RSA, ECDSA on
 * P-256 and P-384, Ed25519. Signatures are the JDK's, or on P-256 those of a faster library.
 */
public final class PemCredentials implements Credentials {
    private static final int MIN_RSA_BITS = 2048;
    private static final byte[] PROBE = {'t', 'e', 'r', 'n'};

    private final List<byte[]> chain;
    private final PublicKey publicKey;
    private final PrivateKey key;
    private final List<SignatureScheme> schemes;
    private final SecureRandom random;
    private volatile EcdsaP256.Signer signer;

    private PemCredentials(
            List<byte[]> chain,
            PublicKey publicKey,
            PrivateKey key,
            List<SignatureScheme> schemes,
            SecureRandom random) {
        this.chain = chain;
        this.publicKey = publicKey;
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
        PemCredentials credentials = new PemCredentials(chain, publicKey, key, schemes, random);
        if (!credentials.fitsTogether()) {
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

    private boolean fitsTogether() {
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
            EcdsaP256 fast = EcdsaP256Choice.chosen();
            if (scheme == SignatureScheme.ECDSA_SECP256R1_SHA256 && fast != null) {
                return signer(fast).sign(message);
            }
            Signature signature = signature(scheme);
            signature.initSign(key, random);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign", e);
        }
    }

    /** Two threads may make one each; either is as good. */
    private EcdsaP256.Signer signer(EcdsaP256 fast) {
        EcdsaP256.Signer made = signer;
        if (made == null) {
            byte[] scalar = fixed(((ECPrivateKey) key).getS(), EcdsaP256.SCALAR_BYTES);
            made = fast.signer(scalar, point(((ECPublicKey) publicKey).getW()));
            Arrays.fill(scalar, (byte) 0);
            signer = made;
        }
        return made;
    }

    /** Uncompressed (RFC 5480 §2.2). */
    private static byte[] point(ECPoint point) {
        byte[] encoded = new byte[EcdsaP256.POINT_BYTES];
        encoded[0] = 4;
        int half = EcdsaP256.POINT_BYTES / 2;
        System.arraycopy(fixed(point.getAffineX(), half), 0, encoded, 1, half);
        System.arraycopy(fixed(point.getAffineY(), half), 0, encoded, 1 + half, half);
        return encoded;
    }

    private static byte[] fixed(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[length];
        int count = Math.min(length, bytes.length); // a zero may come before
        System.arraycopy(bytes, bytes.length - count, fixed, length - count, count);
        Arrays.fill(bytes, (byte) 0);
        return fixed;
    }

    /** The public side only. */
    @Override
    public String toString() {
        return "PemCredentials" + schemes;
    }
}
