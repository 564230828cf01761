package dev.tern.crypto.tls;

import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsStreamSigner;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Vector;

/** Our credentials, as BouncyCastle wants to have them. */
final class CertificateSigner implements TlsCredentialedSigner, TlsStreamSigner {
    private final Credentials credentials;
    private final SignatureScheme scheme;
    private final Certificate certificate;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    private CertificateSigner(
            Credentials credentials, SignatureScheme scheme, Certificate certificate) {
        this.credentials = credentials;
        this.scheme = scheme;
        this.certificate = certificate;
    }

    /**
     * A signer with the best scheme that the peer accepts.
     *
     * @param acceptedByPeer its signature_algorithms
     */
    static CertificateSigner of(Credentials credentials, Vector<?> acceptedByPeer) {
        for (SignatureScheme scheme : credentials.signatureSchemes()) {
            if (acceptedByPeer != null && acceptedByPeer.contains(scheme.algorithm())) {
                List<byte[]> chain = credentials.certificateChain();
                CertificateEntry[] entries = new CertificateEntry[chain.size()];
                for (int i = 0; i < entries.length; i++) {
                    entries[i] = new CertificateEntry(new OwnCertificate(chain.get(i)), null);
                }
                return new CertificateSigner(
                        credentials, scheme, new Certificate(TlsUtils.EMPTY_BYTES, entries));
            }
        }
        throw new TlsAlertException(
                TlsAlert.HANDSHAKE_FAILURE,
                "peer accepts none of our signatures: " + credentials.signatureSchemes());
    }

    @Override
    public Certificate getCertificate() {
        return certificate;
    }

    @Override
    public SignatureAndHashAlgorithm getSignatureAndHashAlgorithm() {
        return scheme.algorithm();
    }

    /** By stream, because a signature is over the message and not over a hash of our making. */
    @Override
    public TlsStreamSigner getStreamSigner() {
        return this;
    }

    @Override
    public OutputStream getOutputStream() {
        return message;
    }

    @Override
    public byte[] getSignature() {
        return credentials.sign(scheme, message.toByteArray());
    }

    @Override
    public byte[] generateRawSignature(byte[] hash) {
        throw new IllegalStateException("TLS 1.3 signs a message");
    }
}
