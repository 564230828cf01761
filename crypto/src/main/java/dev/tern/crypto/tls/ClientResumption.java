package dev.tern.crypto.tls;

import dev.tern.crypto.CipherSuite;
import dev.tern.crypto.resumption.Session;
import dev.tern.crypto.resumption.SessionTicket;
import dev.tern.crypto.resumption.TicketSealer;

import org.bouncycastle.tls.OfferedPsks;
import org.bouncycastle.tls.PskIdentity;
import org.bouncycastle.tls.PskKeyExchangeMode;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsPSKExternal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Objects;
import java.util.Vector;

/**
 * A client's tickets: the one it offers, with or without early data, and those it gets (RFC 8446
 * §2.2, §2.3).
 */
final class ClientResumption {
    private final Handshake handshake;
    private SessionTicket offered;
    private boolean offersEarlyData;
    private byte[] resumptionMasterSecret;
    private CipherSuite suite;

    ClientResumption(Handshake handshake) {
        this.handshake = handshake;
    }

    private boolean keepsTickets() {
        return handshake.config().wallClockMs() != null;
    }

    private long nowMs() {
        return handshake.config().wallClockMs().getAsLong();
    }

    /**
     * Offers that ticket if it is good for this connection. The server's certificate is judged
     * again: it may have expired since, or another peer be expected.
     */
    boolean offer(SessionTicket ticket) {
        TlsConfig config = handshake.config();
        Session session = ticket.session();
        if (!keepsTickets()
                || ticket.isExpired(nowMs())
                || !config.cipherSuites().contains(ticket.suite())
                || !config.applicationProtocols().contains(session.applicationProtocol())
                || !Objects.equals(session.serverName(), config.serverName())
                || !handshake.isStillTrusted(session.peerCertificates())) {
            return false;
        }
        offered = ticket;
        offersEarlyData = config.earlyData() && ticket.allowsEarlyData();
        return true;
    }

    Vector<TlsPSKExternal> preSharedKeys() {
        return offered == null
                ? null
                : Handshake.vectorOf(
                        List.of(
                                ResumptionSecret.asExternal(
                                        handshake.crypto(),
                                        offered.suite().hash(),
                                        offered.identity(),
                                        offered.preSharedKey())));
    }

    /** Says that we take tickets at all (RFC 8446 §4.2.9), and that early data comes. */
    void addExtensions(Hashtable<Integer, byte[]> extensions) throws IOException {
        if (keepsTickets()) {
            TlsExtensionsUtils.addPSKKeyExchangeModesExtension(
                    extensions, new short[] {PskKeyExchangeMode.psk_dhe_ke});
        }
        if (offersEarlyData) {
            TlsExtensionsUtils.addEarlyDataIndication(extensions);
        }
    }

    /** BouncyCastle tells an age of zero, right for external keys only. */
    void setAge(Hashtable<Integer, byte[]> clientHelloExtensions) throws IOException {
        if (clientHelloExtensions.containsKey(TlsExtensionsUtils.EXT_pre_shared_key)) {
            PskIdentity identity =
                    new PskIdentity(offered.identity(), offered.obfuscatedAge(nowMs()));
            TlsExtensionsUtils.addPreSharedKeyClientHello(
                    clientHelloExtensions, new OfferedPsks(Handshake.vectorOf(List.of(identity))));
        }
    }

    /** The first ClientHello is out: early data may follow it at once. */
    void onClientHelloSent() {
        if (offersEarlyData) {
            byte[] preSharedKey = offered.preSharedKey();
            handshake.onEarlySecret(offered.suite(), preSharedKey);
            Arrays.fill(preSharedKey, (byte) 0);
        }
    }

    void onServerExtensions(boolean resumed, int cipherSuite, Hashtable<?, ?> extensions)
            throws IOException {
        if (resumed) {
            handshake.onResumed(offered.session());
        }
        if (!TlsExtensionsUtils.hasEarlyDataIndication(extensions)) {
            return;
        }
        if (!resumed
                || cipherSuite != offered.suite().code()
                || !offered.session()
                        .applicationProtocol()
                        .equals(handshake.applicationProtocol())) {
            throw new TlsAlertException(
                    TlsAlert.ILLEGAL_PARAMETER, "server takes early data of another session");
        }
        handshake.onEarlyDataAccepted();
    }

    void onComplete(SecurityParameters parameters) {
        if (keepsTickets()) {
            suite = CipherSuite.ofCode(parameters.getCipherSuite());
            resumptionMasterSecret = handshake.resumptionMasterSecret(parameters);
        }
    }

    void onNewSessionTicket(ByteArrayInputStream body) throws IOException {
        NewSessionTicketMessage message = NewSessionTicketMessage.decode(body);
        if (!keepsTickets() || message.lifetimeSeconds() == 0) {
            return;
        }
        byte[] preSharedKey =
                ResumptionKeys.preSharedKey(suite.hash(), resumptionMasterSecret, message.nonce());
        SessionTicket ticket =
                new SessionTicket(
                        suite,
                        message.ticket(),
                        preSharedKey,
                        message.ageAdd(),
                        nowMs(),
                        Math.min(message.lifetimeSeconds() * 1000, TicketSealer.MAX_LIFETIME_MS),
                        message.allowsEarlyData(),
                        handshake.session(handshake.peerTransportParameters()));
        Arrays.fill(preSharedKey, (byte) 0);
        handshake.callOut(() -> handshake.events().onSessionTicket(ticket));
    }

    void destroy() {
        if (resumptionMasterSecret != null) {
            Arrays.fill(resumptionMasterSecret, (byte) 0);
        }
    }
}
