package dev.tern.crypto.tls;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.crypto.resumption.SessionTicket;

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

    /** Null once nothing is left for it to do: it is several kilobytes. */
    private TlsMachine machine;

    private final ClientResumption resumption;
    private final MessageBuffer messages = new MessageBuffer();
    private boolean started;
    private boolean destroyed;
    private RuntimeException failure;

    private TlsEngine(Handshake handshake, TlsMachine machine, ClientResumption resumption) {
        this.handshake = handshake;
        this.machine = machine;
        this.resumption = resumption;
    }

    /** A client, which speaks first: see {@link #start}. */
    public static TlsEngine client(TlsConfig config, byte[] transportParameters, TlsEvents events) {
        if (config.verifier() == null) {
            throw new IllegalArgumentException(
                    "a client needs a verifier of the server's identity");
        }
        Handshake handshake = new Handshake(config, transportParameters, events, false);
        ClientResumption resumption = new ClientResumption(handshake);
        return new TlsEngine(handshake, new ClientMachine(handshake, resumption), resumption);
    }

    /** A server, which waits for a ClientHello. */
    public static TlsEngine server(TlsConfig config, byte[] transportParameters, TlsEvents events) {
        if (config.credentials() == null) {
            throw new IllegalArgumentException("a server needs credentials");
        }
        Handshake handshake = new Handshake(config, transportParameters, events, true);
        TlsEngine engine = new TlsEngine(handshake, new ServerMachine(handshake), null);
        engine.start();
        return engine;
    }

    /**
     * At a client, before {@link #start}: offers to go on with the session of that ticket. Where
     * the server declines, the handshake is a full one.
     *
     * @return false if the ticket is of no use here: too old, of other protocols or another host,
     *     or of a server that the verifier refuses by now
     */
    public boolean resume(SessionTicket ticket) {
        if (resumption == null || started) {
            throw new IllegalStateException("only a client resumes, and before it has started");
        }
        return resumption.offer(ticket);
    }

    /**
     * Replaces our transport parameters: at a server, in {@link
     * TlsEvents#onPeerTransportParameters}, where they depend on the client's.
     */
    public void transportParameters(byte[] changed) {
        handshake.transportParameters(changed);
    }

    /**
     * Emits a client's ClientHello; to be called before all else. A server has nothing to start
     * with, and a second call does nothing.
     */
    public void start() {
        if (started) {
            return;
        }
        started = true;
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
        if (!started) {
            throw new IllegalStateException("start the handshake first");
        }
        checkUsable();
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
            AllowedMessages.check(message, resumption != null, handshake.isComplete());
            if (machine != null) {
                machine.process(message);
            }
            if (level != handshake.readLevel() && messages.pendingBytes() > 0) {
                // RFC 8446 §5.1: no message spans a change of keys.
                throw new TlsAlertException(
                        TlsAlert.UNEXPECTED_MESSAGE,
                        "TLS bytes at level " + level + " after its end");
            }
        }
        if (handshake.isComplete() && !takesTickets()) {
            abandonMachine();
        }
    }

    /** What may still come is a server's tickets, of no use to a client that keeps none. */
    private boolean takesTickets() {
        return resumption != null && handshake.config().wallClockMs() != null;
    }

    private void abandonMachine() throws IOException {
        if (machine != null) {
            TlsMachine done = machine;
            machine = null;
            done.abandon();
        }
    }

    private RuntimeException failed(Exception cause) {
        failure = handshake.callerFailure() != null ? handshake.callerFailure() : asAlert(cause);
        try {
            abandonMachine();
        } catch (IOException | RuntimeException e) {
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
            // How BouncyCastle says that something does not parse, or makes no sense.
            case IOException e -> new TlsAlertException(TlsAlert.DECODE_ERROR, e.getMessage());
            case IllegalArgumentException e ->
                    new TlsAlertException(TlsAlert.ILLEGAL_PARAMETER, e.getMessage());
            default -> new TlsAlertException(TlsAlert.INTERNAL_ERROR, "TLS failed: " + cause);
        };
    }

    /** Wipes what secrets are left; nothing can be done with it any more. */
    public void destroy() {
        destroyed = true;
        if (handshake.exporter() != null) {
            handshake.exporter().destroy();
        }
        if (!started) {
            return;
        }
        try {
            abandonMachine();
        } catch (IOException e) {
            throw new IllegalStateException("cannot end the handshake", e);
        }
    }

    private void checkUsable() {
        if (destroyed) {
            throw new IllegalStateException("the handshake is destroyed");
        }
        if (failure != null) {
            throw failure;
        }
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
        checkUsable();
        return handshake.exporter().export(label, context, length);
    }

    /** Whether a session goes on by a ticket; known with the peer's transport parameters. */
    public boolean isResumed() {
        return handshake.isResumed();
    }

    /**
     * Whether the server takes 0-RTT packets; known at a client with the server's transport
     * parameters. Where not, what was sent in them must be sent again in 1-RTT packets.
     */
    public boolean isEarlyDataAccepted() {
        return handshake.isEarlyDataAccepted();
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
