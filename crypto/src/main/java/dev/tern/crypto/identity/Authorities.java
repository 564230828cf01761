package dev.tern.crypto.identity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The certificate authorities that somebody trusts. */
final class Authorities {
    private Authorities() {}

    /** Those that the platform trusts. */
    static Set<TrustAnchor> platform() {
        Set<TrustAnchor> anchors = new HashSet<>();
        try {
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager trust) {
                    for (X509Certificate authority : trust.getAcceptedIssuers()) {
                        anchors.add(new TrustAnchor(authority, null));
                    }
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot read the platform's trust store", e);
        }
        return anchors;
    }

    /** Those in a PEM file. */
    static Set<TrustAnchor> inFile(Path file) throws IOException {
        Set<TrustAnchor> anchors = new HashSet<>();
        try {
            for (X509Certificate authority : parse(PemFile.certificates(file))) {
                anchors.add(new TrustAnchor(authority, null));
            }
        } catch (CertificateException e) {
            throw new IllegalArgumentException("the certificate is malformed: " + file, e);
        }
        return anchors;
    }

    static List<X509Certificate> parse(List<byte[]> chain) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        for (byte[] der : chain) {
            certificates.add(
                    (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
        }
        return certificates;
    }
}
