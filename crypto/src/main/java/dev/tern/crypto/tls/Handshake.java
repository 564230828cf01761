package dev.tern.crypto.tls;

import dev.tern.crypto.CipherSuite;
import dev.tern.crypto.EncryptionLevel;
import dev.tern.crypto.PacketProtector;
import dev.tern.crypto.resumption.Session;

import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.crypto.TlsCertificate;

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

    private final TlsConfig config;
    private byte[] transportParameters;
    private final TlsEvents events;
    private final boolean isServer;
    private final HandshakeCrypto crypto;
    private final TrafficSecrets secrets;
    private final Transcript transcript;

    private EncryptionLevel readLevel = EncryptionLevel.INITIAL;
    private EncryptionLevel writeLevel = EncryptionLevel.INITIAL;
    private byte[] peerTransportParameters;
    private List<byte[]> peerCertificates = List.of();
    private String applicationProtocol;
    private boolean resumed;
    private boolean earlyDataAccepted;
    private TlsExporter exporter;
    private RuntimeException callerFailure;

    Handshake(TlsConfig config, byte[] transportParameters, TlsEvents events, boolean isServer) {
        this.config = config;
        this.transportParameters = transportParameters.clone();
        this.events = events;
        this.isServer = isServer;
        this.crypto = new HandshakeCrypto(config.random(), this);
        this.secrets = new TrafficSecrets(crypto, new KeyLog(config.keyLog()), config.aead());
        boolean usesTickets = config.ticketSealer() != null || config.wallClockMs() != null;
        this.transcript = usesTickets ? new Transcript() : null;
    }

    TlsConfig config() {
        return config;
    }

    TlsEvents events() {
        return events;
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

    void transportParameters(byte[] changed) {
        transportParameters = changed.clone();
    }

    byte[] transportParameters() {
        return transportParameters;
    }

    byte[] peerTransportParameters() {
        return peerTransportParameters;
    }

    List<byte[]> peerCertificates() {
        return peerCertificates;
    }

    boolean isResumed() {
        return resumed;
    }

    boolean isEarlyDataAccepted() {
        return earlyDataAccepted;
    }

    /** What an event or the verifier has thrown: not a fault of TLS, so not to become an alert. */
    RuntimeException callerFailure() {
        return callerFailure;
    }

    /** BouncyCastle wraps or renames what passes through it; so we keep it aside. */
    void callOut(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            callerFailure = e;
            throw e;
        }
    }

    /** A whole message is about to be processed. */
    void onMessage(byte[] message) {
        if (transcript != null && !isComplete()) {
            transcript.add(message);
        }
    }

    /** Stands where the record layer was. Alerts travel in CONNECTION_CLOSE (RFC 9001 §4.8). */
    void onRecord(short contentType, byte[] buffer, int offset, int length) {
        if (contentType == ContentType.handshake) {
            byte[] bytes = Arrays.copyOfRange(buffer, offset, offset + length);
            if (transcript != null) {
                transcript.add(bytes);
            }
            emit(bytes);
        }
    }

    void emit(byte[] bytes) {
        callOut(() -> events.onHandshakeBytes(writeLevel, bytes));
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
        TrafficSecrets.Keys keys = secrets.keys(level, events.keySchedule(), parameters);
        callOut(
                () ->
                        events.onKeys(
                                level,
                                isServer ? keys.server() : keys.client(),
                                isServer ? keys.client() : keys.server()));
    }

    /** The keys of 0-RTT packets; the transcript is the first ClientHello. */
    void onEarlySecret(CipherSuite suite, byte[] preSharedKey) {
        PacketProtector keys =
                secrets.earlyKeys(suite, events.keySchedule(), preSharedKey, transcript);
        callOut(() -> events.onEarlyKeys(keys));
    }

    boolean acceptsSession(byte[] rememberedParameters) {
        boolean[] accepted = new boolean[1];
        callOut(() -> accepted[0] = events.acceptSession(rememberedParameters));
        return accepted[0];
    }

    boolean acceptsEarlyData(byte[] rememberedParameters) {
        boolean[] accepted = new boolean[1];
        callOut(() -> accepted[0] = events.acceptEarlyData(rememberedParameters));
        return accepted[0];
    }

    void onEarlyDataAccepted() {
        earlyDataAccepted = true;
    }

    /** A session goes on, whose peer has proven itself before. */
    void onResumed(Session session) {
        resumed = true;
        peerCertificates = session.peerCertificates();
    }

    /** Whether the verifier would let in again who showed that chain before. */
    boolean isStillTrusted(List<byte[]> chain) {
        try {
            config.verifier().verify(chain);
            return true;
        } catch (TlsAlertException e) {
            return false;
        }
    }

    /** What a ticket of this connection stands for. */
    Session session(byte[] serversParameters) {
        return new Session(
                applicationProtocol, config.serverName(), serversParameters, peerCertificates);
    }

    byte[] resumptionMasterSecret(SecurityParameters parameters) {
        return secrets.resumptionMasterSecret(parameters, transcript);
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
        peerTransportParameters = parameters;
        callOut(() -> events.onPeerTransportParameters(parameters));
    }

    /** BouncyCastle wants nothing newer. */
    @SuppressWarnings("JdkObsolete")
    static <T> Vector<T> vectorOf(List<T> elements) {
        return new Vector<>(elements);
    }

    int[] cipherSuites() {
        return config.cipherSuites().stream().mapToInt(CipherSuite::code).toArray();
    }

    void onPeerCertificate(Certificate certificate) throws IOException {
        if (certificate == null || certificate.isEmpty()) {
            if (config.clientAuthentication() == ClientAuthentication.OPTIONAL) {
                return;
            }
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

    /** Takes the exporter's secret, which BouncyCastle wipes as soon as this returns. */
    void onComplete(TlsContext context) {
        exporter = secrets.exporter(context.getSecurityParametersConnection());
        readLevel = EncryptionLevel.ONE_RTT;
        callOut(events::onHandshakeComplete);
    }
}
