package dev.tern.crypto.tls;

import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.TlsClientProtocol;

import java.io.ByteArrayInputStream;
import java.io.IOException;

/** BouncyCastle's client without its record layer. */
final class ClientMachine extends TlsClientProtocol implements TlsMachine {
    private final Handshake handshake;
    private final ClientResumption resumption;

    ClientMachine(Handshake handshake, ClientResumption resumption) {
        this.handshake = handshake;
        this.resumption = resumption;
    }

    @Override
    public void begin() throws IOException {
        connect(new ClientPolicy(handshake, resumption));
        resumption.onClientHelloSent();
    }

    @Override
    public void process(byte[] message) throws IOException {
        handshake.onMessage(message);
        processRecord(ContentType.handshake, message, 0, message.length);
    }

    @Override
    public void abandon() throws IOException {
        resumption.destroy();
        handleException(AlertDescription.internal_error, "abandoned", null);
    }

    @Override
    protected void writeRecord(short contentType, byte[] buffer, int offset, int length) {
        handshake.onRecord(contentType, buffer, offset, length);
    }

    @Override
    @SuppressWarnings("unchecked")
    protected void sendClientHelloMessage() throws IOException {
        resumption.setAge(clientHello.getExtensions());
        super.sendClientHelloMessage();
    }

    @Override
    protected void receive13NewSessionTicket(ByteArrayInputStream body) throws IOException {
        resumption.onNewSessionTicket(body);
    }

    /** QUIC has no middlebox compatibility mode (RFC 9001 §8.4). */
    @Override
    protected void sendChangeCipherSpecMessage() {}
}
