package dev.tern.crypto.identity;

import dev.tern.crypto.tls.PeerVerifier;
import dev.tern.crypto.tls.TlsAlert;
import dev.tern.crypto.tls.TlsAlertException;

import org.bouncycastle.asn1.x509.Certificate;

import java.io.IOException;
import java.nio.file.Path;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPath;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Judges a certificate as browsers do: it must lead to a trusted authority (RFC 5280), be valid
 * now, be meant for this use, and name the host (RFC 9525). Revocation is not looked up: that would
 * need the network.
 */
public final class PkixVerifier implements PeerVerifier {
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_USE = "2.5.29.37.0";

    private final Set<TrustAnchor> authorities;
    private final String use;
    private final HostName host;
    private final LongSupplier wallClockMs;
    private volatile AcceptedChain accepted;

    private PkixVerifier(
            Set<TrustAnchor> authorities, String use, HostName host, LongSupplier wallClockMs) {
        this.authorities = authorities;
        this.use = use;
        this.host = host;
        this.wallClockMs = wallClockMs;
    }

    /**
     * Servers of that name, by the authorities that the platform trusts.
     *
     * @param host a DNS name or an IP address
     * @param wallClockMs the time of day, milliseconds since 1970
     */
    public static PkixVerifier server(String host, LongSupplier wallClockMs) {
        return new PkixVerifier(
                Authorities.platform(), SERVER_AUTH, new HostName(host), wallClockMs);
    }

    /**
     * Servers of that name, by the authorities in a PEM file.
     *
     * @throws IOException with a sentence for a person, if the file cannot be read
     */
    public static PkixVerifier server(String host, Path authorities, LongSupplier wallClockMs)
            throws IOException {
        return new PkixVerifier(
                Authorities.inFile(authorities), SERVER_AUTH, new HostName(host), wallClockMs);
    }

    /**
     * Any client with a certificate of the authorities in a PEM file.
     *
     * @throws IOException with a sentence for a person, if the file cannot be read
     */
    public static PkixVerifier clients(Path authorities, LongSupplier wallClockMs)
            throws IOException {
        return new PkixVerifier(Authorities.inFile(authorities), CLIENT_AUTH, null, wallClockMs);
    }

    @Override
    public void verify(List<byte[]> derChain) {
        long nowMs = wallClockMs.getAsLong();
        AcceptedChain last = accepted;
        if (last == null || !last.holds(derChain, nowMs)) {
            accepted = look(derChain, nowMs);
        }
    }

    @SuppressWarnings("JavaUtilDate") // What the JDK's certificates compare with.
    private AcceptedChain look(List<byte[]> derChain, long nowMs) {
        try {
            List<X509Certificate> chain = Authorities.parse(derChain);
            X509Certificate own = chain.getFirst();
            Date now = new Date(nowMs);
            own.checkValidity(now);
            CertPath path = buildPath(own, chain, now);
            checkUse(own);
            checkHost(derChain.getFirst());
            return AcceptedChain.of(derChain, path, nowMs);
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            throw refused(
                    TlsAlert.CERTIFICATE_EXPIRED,
                    "the peer's certificate is not valid at this time");
        } catch (CertificateException | IllegalArgumentException | ClassCastException e) {
            throw refused(TlsAlert.BAD_CERTIFICATE, "the peer's certificate is malformed");
        }
    }

    private CertPath buildPath(X509Certificate own, List<X509Certificate> chain, Date now)
            throws CertificateException {
        try {
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(own);
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(authorities, target);
            parameters.setDate(now);
            parameters.setRevocationEnabled(false);
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            return CertPathBuilder.getInstance("PKIX").build(parameters).getCertPath();
        } catch (CertPathBuilderException e) {
            // The JDK does not say why the paths that it tried led nowhere.
            for (X509Certificate link : chain) {
                link.checkValidity(now);
            }
            throw refused(
                    TlsAlert.UNKNOWN_CA, "the peer's certificate is of no authority that we trust");
        } catch (InvalidAlgorithmParameterException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("cannot verify certificates", e);
        }
    }

    private void checkUse(X509Certificate own) throws CertificateException {
        List<String> uses = own.getExtendedKeyUsage();
        if (uses != null && !uses.contains(use) && !uses.contains(ANY_USE)) {
            throw refused(
                    TlsAlert.UNSUPPORTED_CERTIFICATE,
                    "the peer's certificate is not meant for this use");
        }
        boolean[] keyUsage = own.getKeyUsage();
        if (keyUsage != null && !keyUsage[0]) {
            throw refused(
                    TlsAlert.UNSUPPORTED_CERTIFICATE,
                    "the peer's certificate is not meant for signatures");
        }
    }

    private void checkHost(byte[] der) {
        if (host != null && !host.isNamedBy(Certificate.getInstance(der))) {
            throw refused(TlsAlert.BAD_CERTIFICATE, "the peer's certificate is of another host");
        }
    }

    private static TlsAlertException refused(int alert, String message) {
        return new TlsAlertException(alert, message);
    }
}
