package dev.tern.crypto.tls;

import dev.tern.crypto.EncryptionLevel;

import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ClientHello;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.ExtensionType;
import org.bouncycastle.tls.TlsServerProtocol;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;

/** BouncyCastle's server without its record layer. */
final class ServerMachine extends TlsServerProtocol implements TlsMachine {
    /** What may differ in the ClientHello that follows a HelloRetryRequest (RFC 8446 §4.1.2). */
    private static final Set<Integer> RETRY_EXTENSIONS =
            Set.of(
                    ExtensionType.key_share,
                    ExtensionType.early_data,
                    ExtensionType.cookie,
                    ExtensionType.pre_shared_key,
                    ExtensionType.padding);

    /** Header of an application_data record with one byte. */
    private static final byte[] PROTECTED_RECORD_HEADER = {
        ContentType.application_data, 3, 3, 0, 1
    };

    private final Handshake handshake;
    private final ServerResumption resumption;
    private ClientHello firstHello;
    private boolean readsProtected;

    ServerMachine(Handshake handshake) {
        this.handshake = handshake;
        this.resumption = new ServerResumption(handshake);
    }

    @Override
    public void begin() throws IOException {
        accept(new ServerPolicy(handshake, resumption));
    }

    @Override
    public void process(byte[] message) throws IOException {
        if (handshake.readLevel() == EncryptionLevel.HANDSHAKE && !readsProtected) {
            // BouncyCastle's server goes on to the client's protected messages only when a record
            // of
            // that type comes by. There are no records here, so it is shown the header of one.
            readsProtected = true;
            safePreviewRecordHeader(PROTECTED_RECORD_HEADER.clone());
        }
        handshake.onMessage(message);
        processRecord(ContentType.handshake, message, 0, message.length);
        if (handshake.isComplete()) {
            firstHello = null; // it is large, and connections live long
        }
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

    /** QUIC has no middlebox compatibility mode (RFC 9001 §8.4). */
    @Override
    protected void sendChangeCipherSpecMessage() {}

    @Override
    protected ClientHello receiveClientHelloMessage(ByteArrayInputStream body) throws IOException {
        ClientHello hello = super.receiveClientHelloMessage(body);
        if (hello.getSessionID().length != 0) {
            throw new TlsAlertException(
                    TlsAlert.ILLEGAL_PARAMETER, "legacy_session_id in a QUIC handshake");
        }
        if (hello.getExtensions() == null) {
            throw new TlsAlertException(
                    TlsAlert.MISSING_EXTENSION, "ClientHello without extensions");
        }
        if (firstHello != null && !isSameHello(firstHello, hello)) {
            // BouncyCastle does not look. What we took from the first one must hold for the second.
            throw new TlsAlertException(
                    TlsAlert.ILLEGAL_PARAMETER, "ClientHello changed after HelloRetryRequest");
        }
        firstHello = hello;
        resumption.onClientHello(hello);
        return hello;
    }

    private static boolean isSameHello(ClientHello first, ClientHello second) {
        return Arrays.equals(first.getRandom(), second.getRandom())
                && Arrays.equals(first.getCipherSuites(), second.getCipherSuites())
                && holdsAllOf(first.getExtensions(), second.getExtensions())
                && holdsAllOf(second.getExtensions(), first.getExtensions());
    }

    private static boolean holdsAllOf(Hashtable<?, ?> extensions, Hashtable<?, ?> others) {
        for (Map.Entry<?, ?> other : others.entrySet()) {
            if (!RETRY_EXTENSIONS.contains((Integer) other.getKey())
                    && !Arrays.equals(
                            (byte[]) extensions.get(other.getKey()), (byte[]) other.getValue())) {
                return false;
            }
        }
        return true;
    }
}
