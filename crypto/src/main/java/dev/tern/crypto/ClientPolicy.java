package dev.tern.crypto;

import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateStatusRequest;
import org.bouncycastle.tls.NameType;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.ServerName;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsServerCertificate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;

/** What a QUIC client offers in its ClientHello, and what it demands of the server. */
final class ClientPolicy extends AbstractTlsClient {
    private final Handshake handshake;

    ClientPolicy(Handshake handshake) {
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

    /** Leaves legacy_session_id empty (RFC 9001 §8.4). */
    @Override
    public boolean shouldUseCompatibilityMode() {
        return false;
    }

    @Override
    public int getMaxHandshakeMessageSize() {
        return MessageBuffer.MAX_PENDING_BYTES;
    }

    @Override
    protected CertificateStatusRequest getCertificateStatusRequest() {
        return null;
    }

    @Override
    protected Vector<ProtocolName> getProtocolNames() {
        return handshake.offeredProtocols();
    }

    @Override
    protected Vector<SignatureAndHashAlgorithm> getSupportedSignatureAlgorithms() {
        return Handshake.signatureAlgorithms();
    }

    @Override
    @SuppressWarnings("rawtypes")
    protected Vector<Integer> getSupportedGroups(Vector namedGroupRoles) {
        return Handshake.vectorOf(Handshake.NAMED_GROUPS);
    }

    /** One key share: a second would cost every handshake a key pair that few servers ask for. */
    @Override
    public Vector<Integer> getEarlyKeyShareGroups() {
        return Handshake.vectorOf(List.of(NamedGroup.x25519));
    }

    @Override
    protected Vector<ServerName> getSNIServerNames() {
        String name = handshake.config().serverName();
        if (name == null) {
            return null;
        }
        byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
        return Handshake.vectorOf(List.of(new ServerName(NameType.host_name, ascii)));
    }

    @Override
    @SuppressWarnings("unchecked")
    public Hashtable<Integer, byte[]> getClientExtensions() throws IOException {
        Hashtable<Integer, byte[]> extensions = super.getClientExtensions();
        handshake.addTransportParameters(extensions);
        return extensions;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void processServerExtensions(Hashtable extensions) throws IOException {
        super.processServerExtensions(extensions);
        handshake.onApplicationProtocol(TlsExtensionsUtils.getALPNExtensionServer(extensions));
        handshake.onPeerExtensions(extensions);
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate shown) throws IOException {
                handshake.onPeerCertificate(shown.getCertificate());
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request)
                    throws IOException {
                return handshake.config().identity() == null
                        ? null
                        : handshake.signer(context, request.getSupportedSignatureAlgorithms());
            }
        };
    }

    @Override
    public void notifyHandshakeComplete() {
        handshake.onComplete(context);
    }
}
