package dev.tern.crypto;

import org.bouncycastle.tls.AbstractTlsServer;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsUtils;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Vector;

/** What a QUIC server accepts in a ClientHello, and what it answers. */
final class ServerPolicy extends AbstractTlsServer {
    private final Handshake handshake;

    ServerPolicy(Handshake handshake) {
        super(handshake.crypto());
        this.handshake = handshake;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.TLSv13.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return Handshake.cipherSuites();
    }

    @Override
    protected boolean preferLocalCipherSuites() {
        return true;
    }

    @Override
    public int[] getSupportedGroups() {
        return Handshake.NAMED_GROUPS.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public int getMaxHandshakeMessageSize() {
        return MessageBuffer.MAX_PENDING_BYTES;
    }

    @Override
    protected Vector<ProtocolName> getProtocolNames() {
        return handshake.offeredProtocols();
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void processClientExtensions(Hashtable extensions) throws IOException {
        super.processClientExtensions(extensions);
        handshake.onApplicationProtocol(selectedProtocolName);
        handshake.onPeerExtensions(extensions);
    }

    @Override
    @SuppressWarnings("unchecked")
    public Hashtable<Integer, byte[]> getServerExtensions() throws IOException {
        Hashtable<Integer, byte[]> extensions = super.getServerExtensions();
        handshake.addTransportParameters(extensions);
        return extensions;
    }

    @Override
    public TlsCredentials getCredentials() throws IOException {
        return handshake.signer(
                context, context.getSecurityParametersHandshake().getClientSigAlgs());
    }

    @Override
    public CertificateRequest getCertificateRequest() throws IOException {
        return handshake.config().requirePeerCertificate()
                ? new CertificateRequest(
                        TlsUtils.EMPTY_BYTES, Handshake.signatureAlgorithms(), null, null)
                : null;
    }

    @Override
    public void notifyClientCertificate(Certificate certificate) throws IOException {
        handshake.onPeerCertificate(certificate);
    }

    @Override
    public void notifyHandshakeComplete() {
        handshake.onComplete(context);
    }
}
