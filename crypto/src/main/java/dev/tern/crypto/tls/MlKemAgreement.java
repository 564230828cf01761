package dev.tern.crypto.tls;

import org.bouncycastle.tls.crypto.TlsAgreement;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsSecret;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

import javax.crypto.KEM;
import javax.crypto.SecretKey;

/**
 * ML-KEM-768 (FIPS 203) by the JDK, which uses the CPU's vectors. The client makes a key pair; the
 * server, with the client's key, a secret and its encapsulation, which is what the server sends.
 */
final class MlKemAgreement implements TlsAgreement {
    private static final String ALGORITHM = "ML-KEM";

    /** All of a SubjectPublicKeyInfo that comes before the key's own bytes. */
    private static final byte[] KEY_HEADER =
            HexFormat.of().parseHex("308204b2300b0609608648016503040402038204a100");

    private final BcTlsCrypto crypto;
    private final boolean isServer;
    private KeyPair ownKeys;
    private PublicKey clientsKey;
    private SecretKey secret;

    MlKemAgreement(BcTlsCrypto crypto, boolean isServer) {
        this.crypto = crypto;
        this.isServer = isServer;
    }

    @Override
    public byte[] generateEphemeral() {
        try {
            return isServer ? encapsulate() : generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw refused(e);
        }
    }

    private byte[] generateKeyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
        generator.initialize(NamedParameterSpec.ML_KEM_768, crypto.getSecureRandom());
        ownKeys = generator.generateKeyPair();
        byte[] encoded = ownKeys.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, KEY_HEADER.length, encoded.length);
    }

    /** Here the JDK looks whether the client's key is one (FIPS 203 §7.2). */
    private byte[] encapsulate() throws GeneralSecurityException {
        KEM.Encapsulated encapsulated =
                KEM.getInstance(ALGORITHM)
                        .newEncapsulator(clientsKey, crypto.getSecureRandom())
                        .encapsulate();
        secret = encapsulated.key();
        return encapsulated.encapsulation();
    }

    @Override
    public void receivePeerValue(byte[] value) {
        try {
            if (isServer) {
                byte[] encoded = Arrays.copyOf(KEY_HEADER, KEY_HEADER.length + value.length);
                System.arraycopy(value, 0, encoded, KEY_HEADER.length, value.length);
                clientsKey =
                        KeyFactory.getInstance(ALGORITHM)
                                .generatePublic(new X509EncodedKeySpec(encoded));
            } else {
                secret =
                        KEM.getInstance(ALGORITHM)
                                .newDecapsulator(ownKeys.getPrivate())
                                .decapsulate(value);
            }
        } catch (GeneralSecurityException e) {
            throw refused(e);
        }
    }

    private static TlsAlertException refused(GeneralSecurityException cause) {
        return new TlsAlertException(
                TlsAlert.ILLEGAL_PARAMETER, "the peer's ML-KEM key share is malformed: " + cause);
    }

    @Override
    public TlsSecret calculateSecret() {
        return new BcTlsSecret(crypto, secret.getEncoded());
    }
}
