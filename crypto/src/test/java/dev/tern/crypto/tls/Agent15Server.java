package dev.tern.crypto.tls;

import dev.tern.crypto.EncryptionLevel;

import tech.kwik.agent15.NewSessionTicket;
import tech.kwik.agent15.TlsConstants;
import tech.kwik.agent15.TlsProtocolException;
import tech.kwik.agent15.engine.ServerMessageSender;
import tech.kwik.agent15.engine.TlsServerEngine;
import tech.kwik.agent15.engine.TlsServerEngineFactory;
import tech.kwik.agent15.engine.TlsStatusEventHandler;
import tech.kwik.agent15.extension.ApplicationLayerProtocolNegotiationExtension;
import tech.kwik.agent15.extension.Extension;
import tech.kwik.agent15.handshake.CertificateMessage;
import tech.kwik.agent15.handshake.CertificateVerifyMessage;
import tech.kwik.agent15.handshake.EncryptedExtensions;
import tech.kwik.agent15.handshake.FinishedMessage;
import tech.kwik.agent15.handshake.NewSessionTicketMessage;
import tech.kwik.agent15.handshake.ServerHello;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/** agent15 as a server of ours. */
final class Agent15Server implements ServerMessageSender, TlsStatusEventHandler {
    final TlsServerEngine engine;
    boolean finished;
    byte[] peerParameters;
    private final ArrayDeque<HandshakeSide.Flight> outgoing = new ArrayDeque<>();

    Agent15Server(TlsServerEngineFactory factory) {
        engine = factory.createServerEngine(this, this);
        engine.addSupportedCiphers(
                Arrays.asList(
                        TlsConstants.CipherSuite.TLS_AES_128_GCM_SHA256,
                        TlsConstants.CipherSuite.TLS_AES_256_GCM_SHA384,
                        TlsConstants.CipherSuite.TLS_CHACHA20_POLY1305_SHA256));
    }

    void run(HandshakeSide client) throws IOException, TlsProtocolException {
        client.engine.start();
        while (!client.outgoing.isEmpty()) {
            HandshakeSide.Flight flight = client.outgoing.poll();
            Agent15Parameters.PARSER.parseAndProcessHandshakeMessage(
                    ByteBuffer.wrap(flight.bytes()),
                    engine,
                    Agent15Parameters.level(flight.level()));
            while (!outgoing.isEmpty()) {
                HandshakeSide.Flight answer = outgoing.poll();
                byte[] bytes = answer.bytes();
                client.engine.receive(answer.level(), bytes, 0, bytes.length);
            }
        }
    }

    private void queue(EncryptionLevel level, byte[] message) {
        outgoing.add(new HandshakeSide.Flight(level, message));
    }

    @Override
    public void send(ServerHello message) {
        queue(EncryptionLevel.INITIAL, message.getBytes());
    }

    @Override
    public void send(EncryptedExtensions message) {
        queue(EncryptionLevel.HANDSHAKE, message.getBytes());
    }

    @Override
    public void send(CertificateMessage message) {
        queue(EncryptionLevel.HANDSHAKE, message.getBytes());
    }

    @Override
    public void send(CertificateVerifyMessage message) {
        queue(EncryptionLevel.HANDSHAKE, message.getBytes());
    }

    @Override
    public void send(FinishedMessage message) {
        queue(EncryptionLevel.HANDSHAKE, message.getBytes());
    }

    @Override
    public void send(NewSessionTicketMessage message) {
        queue(EncryptionLevel.ONE_RTT, message.getBytes());
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
    public void newSessionTicketReceived(NewSessionTicket ticket) {}

    @Override
    public void extensionsReceived(List<Extension> extensions) {
        for (Extension extension : extensions) {
            if (extension instanceof Agent15Parameters parameters) {
                peerParameters = parameters.bytes;
            }
        }
        engine.setSelectedApplicationLayerProtocol("tern");
        engine.addServerExtensions(new ApplicationLayerProtocolNegotiationExtension("tern"));
        engine.addServerExtensions(new Agent15Parameters(HandshakePair.SERVER_PARAMETERS));
    }

    @Override
    public boolean isEarlyDataAccepted() {
        return true;
    }
}
