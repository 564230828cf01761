package dev.tern.crypto.tls;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.tls.crypto.Tls13Verifier;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsEncryptor;
import org.bouncycastle.tls.crypto.TlsVerifier;

import java.math.BigInteger;

/** A certificate that we show: its bytes go out as they are, and are never looked into. */
final class OwnCertificate implements TlsCertificate {
    private final byte[] der;

    OwnCertificate(byte[] der) {
        this.der = der;
    }

    @Override
    public byte[] getEncoded() {
        return der.clone();
    }

    @Override
    public TlsEncryptor createEncryptor(int usage) {
        throw asked();
    }

    @Override
    public TlsVerifier createVerifier(short signatureAlgorithm) {
        throw asked();
    }

    @Override
    public Tls13Verifier createVerifier(int signatureScheme) {
        throw asked();
    }

    @Override
    public byte[] getExtension(ASN1ObjectIdentifier extension) {
        throw asked();
    }

    @Override
    public BigInteger getSerialNumber() {
        throw asked();
    }

    @Override
    public String getSigAlgOID() {
        throw asked();
    }

    @Override
    public ASN1Encodable getSigAlgParams() {
        throw asked();
    }

    @Override
    public short getLegacySignatureAlgorithm() {
        throw asked();
    }

    @Override
    public boolean supportsSignatureAlgorithm(short signatureAlgorithm) {
        throw asked();
    }

    @Override
    public boolean supportsSignatureAlgorithmCA(short signatureAlgorithm) {
        throw asked();
    }

    @Override
    public TlsCertificate checkUsageInRole(int role) {
        throw asked();
    }

    private static IllegalStateException asked() {
        return new IllegalStateException("nobody looks into our own certificate");
    }
}
