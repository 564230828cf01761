package dev.tern.crypto;

import org.bouncycastle.tls.TlsFatalAlert;

import java.io.EOFException;
import java.io.IOException;
import java.util.List;

/**
 * One side of a TLS 1.3 handshake for QUIC (RFC 9001 §4): CRYPTO bytes per encryption level go in
 * and come out, keys come out, and there is no record layer.
 *
 * <pre>
 * client  start: ClientHello
 *         ServerHello            HANDSHAKE keys
 *         server's Finished      own Finished, ONE_RTT keys, complete
 * server  ClientHello            ServerHello, HANDSHAKE keys, ... own Finished, ONE_RTT keys
 *         client's Finished      complete
 * any     an alert               failed, for good
 * </pre>
 *
 * <p>The messages and their cryptography are BouncyCastle's. Used by one thread.
 */
public final class TlsEngine {
    private final Handshake handshake;
    private final TlsMachine machine;
    private final MessageBuffer messages = new MessageBuffer();
    private RuntimeException failure;

    private TlsEngine(Handshake handshake, TlsMachine machine) {
        this.handshake = handshake;
        this.machine = machine;
    }

    /** A client, which speaks first: see {@link #start}. */
    public static TlsEngine client(TlsConfig config, byte[] transportParameters, TlsEvents events) {
        if (config.verifier() == null) {
            throw new IllegalArgumentException(
                    "a client needs a verifier of the server's identity");
        }
        Handshake handshake = new Handshake(config, transportParameters, events, false);
        return new TlsEngine(handshake, new ClientMachine(handshake));
    }

    /** A server, which waits for a ClientHello. */
    public static TlsEngine server(TlsConfig config, byte[] transportParameters, TlsEvents events) {
        if (config.identity() == null) {
            throw new IllegalArgumentException("a server needs an identity");
        }
        Handshake handshake = new Handshake(config, transportParameters, events, true);
        return new TlsEngine(handshake, new ServerMachine(handshake));
    }

    /**
     * Begins: a client emits its ClientHello. To be called once, before all else, at either side.
     */
    public void start() {
        try {
            machine.begin();
        } catch (IOException | RuntimeException e) {
            throw failed(e);
        }
    }

    /**
     * Takes in-order CRYPTO bytes of a level, in pieces of any size.
     *
     * @throws TlsAlertException if the handshake failed; so will every further call
     */
    public void receive(EncryptionLevel level, byte[] buffer, int offset, int length) {
        if (failure != null) {
            throw failure;
        }
        try {
            process(level, buffer, offset, length);
        } catch (IOException | RuntimeException e) {
            throw failed(e);
        }
    }

    private void process(EncryptionLevel level, byte[] buffer, int offset, int length)
            throws IOException {
        if (level != handshake.readLevel()) {
            throw new TlsAlertException(
                    TlsAlert.UNEXPECTED_MESSAGE,
                    "TLS bytes at level " + level + " while reading " + handshake.readLevel());
        }
        if (!messages.add(buffer, offset, length)) {
            throw new TlsAlertException(
                    TlsAlert.ILLEGAL_PARAMETER,
                    "TLS message passes limit of " + MessageBuffer.MAX_PENDING_BYTES + " bytes");
        }
        for (byte[] message = messages.next(); message != null; message = messages.next()) {
            machine.process(message);
            if (level != handshake.readLevel() && messages.pendingBytes() > 0) {
                // RFC 8446 §5.1: no message spans a change of keys.
                throw new TlsAlertException(
                        TlsAlert.UNEXPECTED_MESSAGE,
                        "TLS bytes at level " + level + " after its end");
            }
        }
    }

    private RuntimeException failed(Exception cause) {
        failure = handshake.callerFailure() != null ? handshake.callerFailure() : asAlert(cause);
        try {
            machine.abandon();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    private static TlsAlertException asAlert(Exception cause) {
        return switch (cause) {
            case TlsAlertException e -> e;
            case TlsFatalAlert e -> new TlsAlertException(e.getAlertDescription(), e.getMessage());
            case EOFException e ->
                    new TlsAlertException(TlsAlert.DECODE_ERROR, "TLS message too short");
            default -> new TlsAlertException(TlsAlert.INTERNAL_ERROR, "TLS failed: " + cause);
        };
    }

    /** Whether the peer's Finished has been verified. */
    public boolean isComplete() {
        return handshake.isComplete();
    }

    /**
     * A secret that only the two ends can compute, for other uses (RFC 8446 §7.5).
     *
     * @throws IllegalStateException before the handshake is complete
     */
    public byte[] exportKeyingMaterial(String label, byte[] context, int length) {
        if (!isComplete()) {
            throw new IllegalStateException("no exporter before the handshake is complete");
        }
        return handshake.exporter().export(label, context, length);
    }

    /** What ALPN has chosen, or null before that. */
    public String applicationProtocol() {
        return handshake.applicationProtocol();
    }

    /**
     * The peer's certificate chain in DER, its own first; empty if it has shown none. Proven only
     * once the handshake is complete.
     */
    public List<byte[]> peerCertificates() {
        return handshake.peerCertificates();
    }
}
