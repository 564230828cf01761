package dev.tern.crypto;

import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;

/**
 * What both sides of a handshake share: where they are, what they learnt, and the way out to the
 * connection.
 */
final class Handshake {
    /** Of the quic_transport_parameters extension (RFC 9001 §8.2). */
    static final Integer TRANSPORT_PARAMETERS_EXTENSION = 0x39;

    static final List<Integer> NAMED_GROUPS = List.of(NamedGroup.x25519, NamedGroup.secp256r1);

    private final TlsConfig config;
    private final byte[] transportParameters;
    private final TlsEvents events;
    private final boolean isServer;
    private final HandshakeCrypto crypto;

    private EncryptionLevel readLevel = EncryptionLevel.INITIAL;
    private EncryptionLevel writeLevel = EncryptionLevel.INITIAL;
    private List<byte[]> peerCertificates = List.of();
    private String applicationProtocol;
    private TlsExporter exporter;
    private RuntimeException callerFailure;

    Handshake(TlsConfig config, byte[] transportParameters, TlsEvents events, boolean isServer) {
        this.config = config;
        this.transportParameters = transportParameters.clone();
        this.events = events;
        this.isServer = isServer;
        this.crypto = new HandshakeCrypto(config.random(), this);
    }

    TlsConfig config() {
        return config;
    }

    HandshakeCrypto crypto() {
        return crypto;
    }

    EncryptionLevel readLevel() {
        return readLevel;
    }

    boolean isComplete() {
        return exporter != null;
    }

    TlsExporter exporter() {
        return exporter;
    }

    String applicationProtocol() {
        return applicationProtocol;
    }

    List<byte[]> peerCertificates() {
        return peerCertificates;
    }

    /** What an event or the verifier has thrown: not a fault of TLS, so not to become an alert. */
    RuntimeException callerFailure() {
        return callerFailure;
    }

    static int[] cipherSuites() {
        return Arrays.stream(CipherSuite.values()).mapToInt(CipherSuite::code).toArray();
    }

    /** BouncyCastle wraps or renames what passes through it; so we keep it aside. */
    private void callOut(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            callerFailure = e;
            throw e;
        }
    }

    /** Stands where the record layer was. Alerts travel in CONNECTION_CLOSE (RFC 9001 §4.8). */
    void onRecord(short contentType, byte[] buffer, int offset, int length) {
        if (contentType == ContentType.handshake) {
            byte[] bytes = Arrays.copyOfRange(buffer, offset, offset + length);
            callOut(() -> events.onHandshakeBytes(writeLevel, bytes));
        }
    }

    /** The secrets of the next level: first those of HANDSHAKE, then those of ONE_RTT. */
    void onSecrets(SecurityParameters parameters) {
        EncryptionLevel level =
                writeLevel == EncryptionLevel.INITIAL
                        ? EncryptionLevel.HANDSHAKE
                        : EncryptionLevel.ONE_RTT;
        writeLevel = level;
        if (!isServer || level == EncryptionLevel.HANDSHAKE) {
            // A server has yet to read the client's Finished with the keys of the handshake.
            readLevel = level;
        }
        CipherSuite suite = CipherSuite.ofCode(parameters.getCipherSuite());
        PacketProtector client = protector(suite, parameters.getTrafficSecretClient());
        PacketProtector server = protector(suite, parameters.getTrafficSecretServer());
        callOut(() -> events.onKeys(level, isServer ? server : client, isServer ? client : server));
    }

    private PacketProtector protector(CipherSuite suite, TlsSecret trafficSecret) {
        byte[] secret = copyOf(trafficSecret);
        try {
            return PacketProtector.fromSecret(suite, secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** Of a copy, because extracting takes a secret away from its owner, who still needs it. */
    private byte[] copyOf(TlsSecret secret) {
        return crypto.adoptSecret(secret).extract();
    }

    Vector<ProtocolName> offeredProtocols() {
        return vectorOf(
                config.applicationProtocols().stream().map(ProtocolName::asUtf8Encoding).toList());
    }

    void onApplicationProtocol(ProtocolName selected) {
        if (selected == null) {
            throw new TlsAlertException(
                    TlsAlert.NO_APPLICATION_PROTOCOL, "no application protocol in common");
        }
        String name = selected.getUtf8Decoding();
        if (!config.applicationProtocols().contains(name)) {
            throw new TlsAlertException(
                    TlsAlert.ILLEGAL_PARAMETER, "server chose a protocol that was not offered");
        }
        applicationProtocol = name;
    }

    void addTransportParameters(Hashtable<Integer, byte[]> extensions) {
        extensions.put(TRANSPORT_PARAMETERS_EXTENSION, transportParameters);
    }

    void onPeerExtensions(Hashtable<?, ?> extensions) {
        byte[] parameters = (byte[]) extensions.get(TRANSPORT_PARAMETERS_EXTENSION);
        if (parameters == null) {
            throw new TlsAlertException(
                    TlsAlert.MISSING_EXTENSION, "peer sent no quic_transport_parameters");
        }
        callOut(() -> events.onPeerTransportParameters(parameters));
    }

    /** Ed25519 before all; the others let a client judge the certificates of other QUIC stacks. */
    static Vector<SignatureAndHashAlgorithm> signatureAlgorithms() {
        return vectorOf(
                List.of(
                        SignatureAndHashAlgorithm.ed25519,
                        SignatureScheme.getSignatureAndHashAlgorithm(
                                SignatureScheme.ecdsa_secp256r1_sha256),
                        SignatureScheme.getSignatureAndHashAlgorithm(
                                SignatureScheme.rsa_pss_rsae_sha256)));
    }

    /** BouncyCastle wants nothing newer. */
    @SuppressWarnings("JdkObsolete")
    static <T> Vector<T> vectorOf(List<T> elements) {
        return new Vector<>(elements);
    }

    void onPeerCertificate(Certificate certificate) throws IOException {
        if (certificate == null || certificate.isEmpty()) {
            throw new TlsAlertException(
                    TlsAlert.CERTIFICATE_REQUIRED, "peer has shown no certificate");
        }
        List<byte[]> chain = new ArrayList<>();
        for (TlsCertificate link : certificate.getCertificateList()) {
            chain.add(link.getEncoded());
        }
        callOut(() -> config.verifier().verify(List.copyOf(chain)));
        peerCertificates = List.copyOf(chain);
    }

    /**
     * Our signature over the transcript.
     *
     * @param acceptedByPeer the peer's signature_algorithms
     */
    TlsCredentialedSigner signer(TlsContext context, Vector<?> acceptedByPeer) throws IOException {
        if (acceptedByPeer == null || !acceptedByPeer.contains(SignatureAndHashAlgorithm.ed25519)) {
            throw new TlsAlertException(
                    TlsAlert.HANDSHAKE_FAILURE, "peer does not accept Ed25519 signatures");
        }
        PeerIdentity identity = config.identity();
        CertificateEntry entry =
                new CertificateEntry(crypto.createCertificate(identity.certificate()), null);
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                identity.privateKey(),
                new Certificate(TlsUtils.EMPTY_BYTES, new CertificateEntry[] {entry}),
                SignatureAndHashAlgorithm.ed25519);
    }

    /** Takes the exporter's secret, which BouncyCastle wipes as soon as this returns. */
    void onComplete(TlsContext context) {
        SecurityParameters parameters = context.getSecurityParametersConnection();
        exporter = new TlsExporter(copyOf(parameters.getExporterMasterSecret()));
        readLevel = EncryptionLevel.ONE_RTT;
        callOut(events::onHandshakeComplete);
    }
}
