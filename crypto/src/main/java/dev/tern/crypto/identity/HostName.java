package dev.tern.crypto.identity;

import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.util.IPAddress;

import java.util.Arrays;
import java.util.Locale;

/**
 * The host that a client wants to reach, by DNS name or IP address, held against the names in a
 * certificate (RFC 9525). Only subjectAltName counts; a wildcard stands for one whole label, the
 * leftmost.
 */
final class HostName {
    private final String dnsName;
    private final byte[] ipAddress;

    HostName(String host) {
        boolean isAddress = IPAddress.isValid(host);
        ipAddress =
                isAddress
                        ? ASN1OctetString.getInstance(
                                        new GeneralName(GeneralName.iPAddress, host).getName())
                                .getOctets()
                        : null;
        dnsName = isAddress ? null : normal(host);
    }

    /** Names compare without case, and a name may end with the root's dot. */
    private static String normal(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** Whether the certificate is that host's. */
    boolean isNamedBy(Certificate certificate) {
        GeneralNames names =
                GeneralNames.fromExtensions(
                        certificate.getTBSCertificate().getExtensions(),
                        Extension.subjectAlternativeName);
        if (names == null) {
            return false;
        }
        for (GeneralName name : names.getNames()) {
            if (matches(name)) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(GeneralName name) {
        return switch (name.getTagNo()) {
            case GeneralName.iPAddress ->
                    ipAddress != null
                            && Arrays.equals(
                                    ipAddress,
                                    ASN1OctetString.getInstance(name.getName()).getOctets());
            case GeneralName.dNSName ->
                    dnsName != null
                            && matches(ASN1IA5String.getInstance(name.getName()).getString());
            default -> false;
        };
    }

    private boolean matches(String presented) {
        String pattern = normal(presented);
        if (!pattern.startsWith("*.")) {
            return pattern.equals(dnsName);
        }
        int firstDot = dnsName.indexOf('.');
        return firstDot > 0 && dnsName.substring(firstDot).equals(pattern.substring(1));
    }
}
