package dev.tern.crypto.tls;

import dev.tern.crypto.EncryptionLevel;

import tech.kwik.agent15.NewSessionTicket;
import tech.kwik.agent15.TlsConstants;
import tech.kwik.agent15.TlsProtocolException;
import tech.kwik.agent15.engine.ClientMessageSender;
import tech.kwik.agent15.engine.TlsClientEngine;
import tech.kwik.agent15.engine.TlsClientEngineFactory;
import tech.kwik.agent15.engine.TlsStatusEventHandler;
import tech.kwik.agent15.extension.ApplicationLayerProtocolNegotiationExtension;
import tech.kwik.agent15.extension.EarlyDataExtension;
import tech.kwik.agent15.extension.Extension;
import tech.kwik.agent15.handshake.CertificateMessage;
import tech.kwik.agent15.handshake.CertificateVerifyMessage;
import tech.kwik.agent15.handshake.ClientHello;
import tech.kwik.agent15.handshake.FinishedMessage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.X509TrustManager;

/** agent15 as a client of ours. */
final class Agent15Client implements ClientMessageSender, TlsStatusEventHandler, X509TrustManager {
    final TlsClientEngine engine = TlsClientEngineFactory.createClientEngine(this, this);
    boolean finished;
    byte[] peerParameters;
    NewSessionTicket ticket;
    private HandshakeSide server;

    Agent15Client(TlsConstants.CipherSuite suite, NewSessionTicket resumed) {
        engine.setServerName("localhost");
        engine.addSupportedCiphers(List.of(suite));
        engine.add(new ApplicationLayerProtocolNegotiationExtension("tern"));
        engine.add(new Agent15Parameters(HandshakePair.CLIENT_PARAMETERS));
        engine.setTrustManager(this);
        engine.setHostnameVerifier((host, certificate) -> true);
        if (resumed != null) {
            engine.setNewSessionTicket(resumed);
            engine.add(new EarlyDataExtension());
        }
    }

    void run(HandshakeSide with) throws IOException, TlsProtocolException {
        server = with;
        engine.startHandshake(
                TlsConstants.NamedGroup.x25519,
                List.of(
                        TlsConstants.SignatureScheme.ecdsa_secp256r1_sha256,
                        TlsConstants.SignatureScheme.rsa_pss_rsae_sha256));
        while (!server.outgoing.isEmpty()) {
            HandshakeSide.Flight flight = server.outgoing.poll();
            Agent15Parameters.PARSER.parseAndProcessHandshakeMessage(
                    ByteBuffer.wrap(flight.bytes()),
                    engine,
                    Agent15Parameters.level(flight.level()));
        }
    }

    private void deliver(EncryptionLevel level, byte[] message) {
        server.engine.receive(level, message, 0, message.length);
    }

    @Override
    public void send(ClientHello message) {
        deliver(EncryptionLevel.INITIAL, message.getBytes());
    }

    @Override
    public void send(FinishedMessage message) {
        deliver(EncryptionLevel.HANDSHAKE, message.getBytes());
    }

    @Override
    public void send(CertificateMessage message) {
        deliver(EncryptionLevel.HANDSHAKE, message.getBytes());
    }

    @Override
    public void send(CertificateVerifyMessage message) {
        deliver(EncryptionLevel.HANDSHAKE, message.getBytes());
    }

    @Override
    public void earlySecretsKnown() {}

    @Override
    public void handshakeSecretsKnown() {}

    @Override
    public void handshakeFinished() {
        finished = true;
    }

    @Override
    public void newSessionTicketReceived(NewSessionTicket received) {
        ticket = received;
    }

    @Override
    public void extensionsReceived(List<Extension> extensions) {
        for (Extension extension : extensions) {
            if (extension instanceof Agent15Parameters parameters) {
                peerParameters = parameters.bytes;
            }
        }
    }

    @Override
    public boolean isEarlyDataAccepted() {
        return false;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authentication) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authentication) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
