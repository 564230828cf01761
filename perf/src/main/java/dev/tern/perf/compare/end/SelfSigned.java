package dev.tern.perf.compare.end;

import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** A P-256 key and its certificate for a day, which clients here take without a question. */
public record SelfSigned(PrivateKey key, X509Certificate certificate) {
    private static final Base64.Encoder PEM_LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});
    private static final int KEY_BITS = 256;
    private static final char[] NO_PASSWORD = new char[0];
    private static final String ALIAS = "end";

    /** Makes a new one. */
    public static SelfSigned generate() throws GeneralSecurityException {
        KeyPair pair = newKeyPair();
        X500Name name = new X500Name("CN=localhost");
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        Date.from(now.minus(Duration.ofHours(1))),
                        Date.from(now.plus(Duration.ofDays(1))),
                        name,
                        pair.getPublic());
        try {
            return new SelfSigned(
                    pair.getPrivate(),
                    new JcaX509CertificateConverter()
                            .getCertificate(
                                    builder.build(
                                            new JcaContentSignerBuilder("SHA256withECDSA")
                                                    .build(pair.getPrivate()))));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    static KeyPair newKeyPair() throws GeneralSecurityException {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
        keys.initialize(new ECGenParameterSpec("secp256r1"));
        return keys.generateKeyPair();
    }

    /** Writes the key as PEM. */
    public void writeKey(Path file) throws IOException, GeneralSecurityException {
        write(file, "PRIVATE KEY", encodedKey());
    }

    /** Writes the certificate as PEM. */
    public void writeCertificate(Path file) throws IOException, GeneralSecurityException {
        write(file, "CERTIFICATE", certificate.getEncoded());
    }

    private static void write(Path file, String label, byte[] der) throws IOException {
        Files.writeString(
                file,
                "-----BEGIN "
                        + label
                        + "-----\n"
                        + PEM_LINES.encodeToString(der)
                        + "\n-----END "
                        + label
                        + "-----\n");
    }

    /** The key as PKCS #8, with the public half inside: GnuTLS reads no EC key without. */
    private byte[] encodedKey() throws GeneralSecurityException {
        SubjectPublicKeyInfo open =
                SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded());
        BigInteger secret = ((java.security.interfaces.ECPrivateKey) key).getS();
        try {
            return new PrivateKeyInfo(
                            open.getAlgorithm(),
                            new ECPrivateKey(KEY_BITS, secret, open.getPublicKeyData(), null))
                    .getEncoded();
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    KeyStore store(char[] password) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
        store.setKeyEntry(ALIAS, key, password, new X509Certificate[] {certificate});
        return store;
    }

    /** For either side. */
    SSLContext context() throws GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(store(NO_PASSWORD), NO_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), new TrustManager[] {new AnyCertificate()}, null);
        return context;
    }
}
