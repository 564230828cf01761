package dev.tern.perf.compare.end;

import dev.tern.crypto.identity.PemCredentials;
import dev.tern.crypto.identity.PkixVerifier;
import dev.tern.crypto.tls.Credentials;
import dev.tern.crypto.tls.PeerVerifier;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
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
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/**
 * A P-256 key with a certificate that an authority has issued, as servers of the world have them:
 * files in a folder, from which server and client take what each needs.
 */
public final class Issued {
    /** The name in the certificate. */
    public static final String HOST = "localhost";

    static final String AUTHORITY = "authority.pem";
    static final String CHAIN = "chain.pem";
    static final String KEY = "key.pem";

    private static final X500Name ISSUER = new X500Name("CN=Comparison authority");

    private Issued() {}

    /** Makes a new authority, key and certificate, for a day. */
    public static void write(Path folder) throws IOException, GeneralSecurityException {
        KeyPair authority = SelfSigned.newKeyPair();
        KeyPair server = SelfSigned.newKeyPair();
        new SelfSigned(
                        authority.getPrivate(),
                        certificate(
                                authority,
                                ISSUER,
                                authority,
                                Extension.basicConstraints,
                                new BasicConstraints(true)))
                .writeCertificate(folder.resolve(AUTHORITY));
        SelfSigned end =
                new SelfSigned(
                        server.getPrivate(),
                        certificate(
                                authority,
                                new X500Name("CN=" + HOST),
                                server,
                                Extension.subjectAlternativeName,
                                new GeneralNames(new GeneralName(GeneralName.dNSName, HOST))));
        end.writeCertificate(folder.resolve(CHAIN));
        end.writeKey(folder.resolve(KEY));
    }

    private static X509Certificate certificate(
            KeyPair issuer,
            X500Name subject,
            KeyPair keys,
            ASN1ObjectIdentifier extension,
            ASN1Encodable value)
            throws GeneralSecurityException {
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(
                        ISSUER,
                        BigInteger.valueOf(subject.hashCode() & Integer.MAX_VALUE),
                        Date.from(now.minus(Duration.ofHours(1))),
                        Date.from(now.plus(Duration.ofDays(1))),
                        subject,
                        keys.getPublic());
        try {
            builder.addExtension(extension, true, value);
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .build(issuer.getPrivate())));
        } catch (CertIOException | OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    /** Tern's server shows these. */
    public static Credentials credentials(Path folder, SecureRandom random) throws IOException {
        return PemCredentials.load(folder.resolve(CHAIN), folder.resolve(KEY), random);
    }

    /** Tern's client judges by this. */
    public static PeerVerifier verifier(Path folder) throws IOException {
        return PkixVerifier.server(HOST, folder.resolve(AUTHORITY), System::currentTimeMillis);
    }

    /** Removes the folder and what was written. */
    public static void delete(Path folder) throws IOException {
        for (String file : List.of(AUTHORITY, CHAIN, KEY)) {
            Files.deleteIfExists(folder.resolve(file));
        }
        Files.delete(folder);
    }
}
