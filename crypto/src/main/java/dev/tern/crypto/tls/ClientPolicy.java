package dev.tern.crypto.tls;

import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateStatusRequest;
import org.bouncycastle.tls.NameType;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.ServerName;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsPSK;
import org.bouncycastle.tls.TlsPSKExternal;
import org.bouncycastle.tls.TlsServerCertificate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;

/** What a QUIC client offers in its ClientHello, and what it demands of the server. */
final class ClientPolicy extends AbstractTlsClient {
    private final Handshake handshake;
    private final ClientResumption resumption;
    private boolean resumed;

    ClientPolicy(Handshake handshake, ClientResumption resumption) {
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
        return SignatureScheme.algorithms();
    }

    @Override
    @SuppressWarnings("rawtypes")
    protected Vector<Integer> getSupportedGroups(Vector namedGroupRoles) {
        return codes(handshake.config().groups());
    }

    /**
     * One key share: a second would cost every handshake a key pair that few servers ask for. But a
     * hybrid's share is joined by one that all servers know, because many know no hybrid yet, and a
     * HelloRetryRequest costs a round trip.
     */
    @Override
    public Vector<Integer> getEarlyKeyShareGroups() {
        List<NamedGroup> groups = handshake.config().groups();
        boolean hybrid = groups.getFirst() == NamedGroup.X25519MLKEM768;
        return codes(groups.subList(0, Math.min(groups.size(), hybrid ? 2 : 1)));
    }

    private static Vector<Integer> codes(List<NamedGroup> groups) {
        return Handshake.vectorOf(groups.stream().map(NamedGroup::code).toList());
    }

    @Override
    public Vector<TlsPSKExternal> getExternalPSKs() {
        return resumption.preSharedKeys();
    }

    @Override
    public void notifySelectedPSK(TlsPSK selected) {
        resumed = selected != null;
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
        resumption.addExtensions(extensions);
        return extensions;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void processServerExtensions(Hashtable extensions) throws IOException {
        super.processServerExtensions(extensions);
        handshake.onApplicationProtocol(TlsExtensionsUtils.getALPNExtensionServer(extensions));
        resumption.onServerExtensions(
                resumed,
                context.getSecurityParametersHandshake().getCipherSuite(),
                (Hashtable<?, ?>) extensions);
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
            public TlsCredentials getClientCredentials(CertificateRequest request) {
                Credentials credentials = handshake.config().credentials();
                return credentials == null
                        ? null
                        : CertificateSigner.of(
                                credentials, request.getSupportedSignatureAlgorithms());
            }
        };
    }

    @Override
    public void notifyHandshakeComplete() {
        handshake.onComplete(context);
        resumption.onComplete(context.getSecurityParametersConnection());
    }
}
