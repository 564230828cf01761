package dev.tern.crypto;

import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.TlsClientProtocol;

import java.io.IOException;

/** BouncyCastle's client without its record layer. */
final class ClientMachine extends TlsClientProtocol implements TlsMachine {
    private final Handshake handshake;

    ClientMachine(Handshake handshake) {
        this.handshake = handshake;
    }

    @Override
    public void begin() throws IOException {
        connect(new ClientPolicy(handshake));
    }

    @Override
    public void process(byte[] message) throws IOException {
        ForbiddenMessages.check(message);
        processRecord(ContentType.handshake, message, 0, message.length);
    }

    @Override
    public void abandon() throws IOException {
        handleException(AlertDescription.internal_error, "abandoned", null);
    }

    @Override
    protected void writeRecord(short contentType, byte[] buffer, int offset, int length) {
        handshake.onRecord(contentType, buffer, offset, length);
    }

    /** QUIC has no middlebox compatibility mode (RFC 9001 §8.4). */
    @Override
    protected void sendChangeCipherSpecMessage() {}
}
