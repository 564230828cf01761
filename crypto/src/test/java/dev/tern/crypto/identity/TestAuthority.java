package dev.tern.crypto.identity;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.Date;
import java.util.List;

/** A certificate authority for tests, whose certificates are good around {@link #NOW_MS}. */
public final class TestAuthority {
    public static final long NOW_MS = 1_800_000_000_000L;
    static final long DAY_MS = 24 * 3600 * 1000L;

    private static int serial;

    private final X500Name name;
    private final KeyPair keys;
    public final byte[] certificate;

    public TestAuthority(String name) {
        this.name = new X500Name("CN=" + name);
        this.keys = keys("EC", 256);
        this.certificate = signed(this.name, keys, List.of(), 0, true);
    }

    private TestAuthority(TestAuthority parent, String name) {
        this.name = new X500Name("CN=" + name);
        this.keys = keys("EC", 256);
        this.certificate = parent.signed(this.name, keys, List.of(), 0, true);
    }

    /** An authority that this one vouches for. */
    TestAuthority intermediate(String ofName) {
        return new TestAuthority(this, ofName);
    }

    public static KeyPair keys(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (bits > 0) {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A server's certificate. */
    public byte[] issue(KeyPair of, List<String> names) {
        return issue(of, names, 0);
    }

    byte[] issue(KeyPair of, List<String> names, long laterMs) {
        return signed(new X500Name("CN=leaf"), of, names, laterMs, false);
    }

    byte[] issueFor(KeyPair of, KeyPurposeId use) {
        try {
            JcaX509v3CertificateBuilder builder = builder(new X500Name("CN=leaf"), of, 0);
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(use));
            return sign(builder);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] signed(
            X500Name subject, KeyPair of, List<String> names, long laterMs, boolean ca) {
        try {
            JcaX509v3CertificateBuilder builder = builder(subject, of, laterMs);
            if (ca) {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            } else {
                GeneralName[] general =
                        names.stream().map(TestAuthority::name).toArray(GeneralName[]::new);
                builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(general));
            }
            return sign(builder);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static GeneralName name(String host) {
        boolean ip = IPAddress.isValid(host);
        return new GeneralName(ip ? GeneralName.iPAddress : GeneralName.dNSName, host);
    }

    @SuppressWarnings("JavaUtilDate") // What BouncyCastle wants.
    private JcaX509v3CertificateBuilder builder(X500Name subject, KeyPair of, long laterMs) {
        return new JcaX509v3CertificateBuilder(
                name,
                BigInteger.valueOf(++serial),
                new Date(NOW_MS + laterMs - 30 * DAY_MS),
                new Date(NOW_MS + laterMs + 30 * DAY_MS),
                subject,
                of.getPublic());
    }

    private byte[] sign(JcaX509v3CertificateBuilder builder) throws IOException {
        try {
            return builder.build(
                            new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                    .getEncoded();
        } catch (OperatorException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes PEM objects of one type. */
    public static Path pem(Path file, String type, byte[]... ders) throws IOException {
        StringBuilder text = new StringBuilder();
        for (byte[] der : ders) {
            text.append("-----BEGIN ").append(type).append("-----\n");
            text.append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der));
            text.append("\n-----END ").append(type).append("-----\n");
        }
        return Files.write(file, text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    public static Path pem(Path file, PrivateKey key) throws IOException {
        return pem(file, "PRIVATE KEY", key.getEncoded());
    }
}
