package dev.tern.crypto.tls;

import dev.tern.crypto.CipherSuite;

import org.bouncycastle.tls.AbstractTlsServer;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsPSKExternal;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.util.Arrays;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Vector;

/** What a QUIC server accepts in a ClientHello, and what it answers. */
final class ServerPolicy extends AbstractTlsServer {
    private final Handshake handshake;
    private final ServerResumption resumption;

    ServerPolicy(Handshake handshake, ServerResumption resumption) {
        super(handshake.crypto());
        this.handshake = handshake;
        this.resumption = resumption;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.TLSv13.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return handshake.cipherSuites();
    }

    @Override
    protected boolean preferLocalCipherSuites() {
        return true;
    }

    @Override
    public int[] getSupportedGroups() {
        return handshake.config().groups().stream().mapToInt(NamedGroup::code).toArray();
    }

    @Override
    public int getMaxHandshakeMessageSize() {
        return MessageBuffer.MAX_PENDING_BYTES;
    }

    /** Asked before the suite is chosen, so that the choice is foreseen here. */
    @Override
    public TlsPSKExternal getExternalPSK(@SuppressWarnings("rawtypes") Vector identities) {
        for (CipherSuite suite : handshake.config().cipherSuites()) {
            if (Arrays.contains(offeredCipherSuites, suite.code())) {
                return resumption.select(suite);
            }
        }
        return null;
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
        resumption.onServerExtensions(
                context.getSecurityParametersHandshake().getCipherSuite(), extensions);
        return extensions;
    }

    @Override
    public TlsCredentials getCredentials() {
        return CertificateSigner.of(
                handshake.config().credentials(),
                context.getSecurityParametersHandshake().getClientSigAlgs());
    }

    @Override
    public CertificateRequest getCertificateRequest() throws IOException {
        return handshake.config().clientAuthentication() == ClientAuthentication.NONE
                ? null
                : new CertificateRequest(
                        TlsUtils.EMPTY_BYTES, SignatureScheme.algorithms(), null, null);
    }

    @Override
    public void notifyClientCertificate(Certificate certificate) throws IOException {
        handshake.onPeerCertificate(certificate);
    }

    @Override
    public void notifyHandshakeComplete() {
        handshake.onComplete(context);
        resumption.onComplete(context.getSecurityParametersConnection());
        clientExtensions = null; // with a key share of more than a kilobyte
    }
}
