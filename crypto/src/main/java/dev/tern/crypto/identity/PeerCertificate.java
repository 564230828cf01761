package dev.tern.crypto.identity;

import dev.tern.crypto.tls.TlsAlert;
import dev.tern.crypto.tls.TlsAlertException;

import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * The self-signed X.509 certificate in which TLS carries a peer's Ed25519 key (RFC 8410). It holds
 * nothing else of value: names and dates are the same for all time, so that a key always makes the
 * same certificate and needs no clock, and nobody looks at them.
 */
final class PeerCertificate {
    /** id-Ed25519 (RFC 8410 §3), of the key and of the signature. */
    private static final AlgorithmIdentifier ED25519 =
            new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.3.101.112"));

    private static final X500Name NAME = new X500Name("CN=tern peer");
    private static final Time NOT_BEFORE = new Time(new DERUTCTime("000101000000Z"));

    /** Means "does not expire" (RFC 5280 §4.1.2.5). */
    private static final Time NOT_AFTER = new Time(new DERGeneralizedTime("99991231235959Z"));

    private PeerCertificate() {}

    /** The DER of the key's certificate. */
    static byte[] create(Ed25519PrivateKeyParameters key) {
        V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(new ASN1Integer(BigInteger.ONE));
        generator.setSignature(ED25519);
        generator.setIssuer(NAME);
        generator.setSubject(NAME);
        generator.setStartDate(NOT_BEFORE);
        generator.setEndDate(NOT_AFTER);
        generator.setSubjectPublicKeyInfo(
                new SubjectPublicKeyInfo(ED25519, key.generatePublicKey().getEncoded()));
        TBSCertificate content = generator.generateTBSCertificate();
        try {
            byte[] signed = content.getEncoded(ASN1Encoding.DER);
            byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
            key.sign(Ed25519.Algorithm.Ed25519, null, signed, 0, signed.length, signature, 0);
            return new DERSequence(
                            new ASN1Encodable[] {content, ED25519, new DERBitString(signature)})
                    .getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("cannot encode a certificate", e);
        }
    }

    /**
     * The peer that a certificate names, whether or not it is signed.
     *
     * @throws TlsAlertException if it is not a well-formed certificate of an Ed25519 key
     */
    static PeerId peerId(byte[] der) {
        return peerId(parse(der));
    }

    private static PeerId peerId(Certificate certificate) {
        SubjectPublicKeyInfo keyInfo = certificate.getSubjectPublicKeyInfo();
        byte[] key = octets(keyInfo.getPublicKeyData());
        if (!ED25519.equals(keyInfo.getAlgorithm()) || key.length != PeerId.BYTES) {
            throw new TlsAlertException(
                    TlsAlert.UNSUPPORTED_CERTIFICATE, "the peer's certificate is not Ed25519");
        }
        return PeerId.of(key);
    }

    /**
     * As {@link #peerId(byte[])}, and the certificate must be signed by the key that it names.
     *
     * @throws TlsAlertException if it is not
     */
    static PeerId verify(byte[] der) {
        Certificate certificate = parse(der);
        PeerId peerId = peerId(certificate);
        if (!certificate.getIssuer().equals(certificate.getSubject())
                || !ED25519.equals(certificate.getSignatureAlgorithm())
                || !isSignedBy(peerId.bytes(), certificate)) {
            throw new TlsAlertException(
                    TlsAlert.BAD_CERTIFICATE,
                    "the peer's certificate is not signed by its own key");
        }
        return peerId;
    }

    private static Certificate parse(byte[] der) {
        try {
            Certificate certificate = Certificate.getInstance(der);
            if (Arrays.equals(certificate.getEncoded(ASN1Encoding.DER), der)) {
                return certificate;
            }
        } catch (IOException | RuntimeException e) {
            throw malformed();
        }
        throw malformed();
    }

    /** A bit string need not be made of whole bytes; a key and a signature are. */
    private static byte[] octets(ASN1BitString bits) {
        if (bits.getPadBits() != 0) {
            throw malformed();
        }
        return bits.getOctets();
    }

    private static TlsAlertException malformed() {
        return new TlsAlertException(
                TlsAlert.BAD_CERTIFICATE, "the peer's certificate is malformed");
    }

    private static boolean isSignedBy(byte[] key, Certificate certificate) {
        byte[] signature = octets(certificate.getSignature());
        if (signature.length != Ed25519.SIGNATURE_SIZE) {
            return false;
        }
        try {
            byte[] signed = certificate.getTBSCertificate().getEncoded(ASN1Encoding.DER);
            return Ed25519.verify(signature, 0, key, 0, signed, 0, signed.length);
        } catch (IOException e) {
            throw malformed();
        }
    }
}
