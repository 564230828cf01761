package dev.tern.crypto.tls;

import dev.tern.crypto.CipherSuite;
import dev.tern.crypto.resumption.SealedSession;
import dev.tern.crypto.resumption.TicketSealer;

import org.bouncycastle.tls.ClientHello;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsPSKExternal;

import java.io.IOException;
import java.util.Arrays;
import java.util.Hashtable;

/**
 * A server's tickets: which of those that a ClientHello offers it takes, whether early data is
 * welcome, and the ticket that it makes at the end (RFC 8446 §2.2, §2.3).
 */
final class ServerResumption {
    private static final byte[] NONCE = {0};

    /**
     * A ticket holds the client's certificates and comes back in its ClientHello: beyond three
     * packets of that, a full handshake is no slower.
     */
    private static final int MAX_TICKET_BYTES = 4096;

    private final Handshake handshake;
    private final TicketSealer sealer;
    private OfferedTickets hello;
    private boolean retried;
    private OfferedTickets.Offer chosen;
    private SealedSession session;

    ServerResumption(Handshake handshake) {
        this.handshake = handshake;
        this.sealer = handshake.config().ticketSealer();
    }

    void onClientHello(ClientHello clientHello) throws IOException {
        retried = hello != null;
        hello = OfferedTickets.take(clientHello);
    }

    /**
     * The key of the first ticket that is good for this connection, or null. The client's
     * certificate is judged again: its bearer may be welcome no more.
     */
    TlsPSKExternal select(CipherSuite suite) {
        forgetSession();
        if (sealer == null || suite == null) {
            return null;
        }
        for (OfferedTickets.Offer offer : hello.offers()) {
            SealedSession opened = sealer.open(offer.identity());
            if (opened != null && isGood(opened, suite)) {
                chosen = offer;
                session = opened;
                return ResumptionSecret.asExternal(
                        handshake.crypto(),
                        suite.hash(),
                        offer.identity(),
                        opened.preSharedKey().clone());
            }
        }
        return null;
    }

    /** A key belongs to a hash (RFC 8446 §4.2.11), which BouncyCastle does not look at in time. */
    private boolean isGood(SealedSession opened, CipherSuite suite) {
        if (opened.suite().hash() != suite.hash()
                || !handshake.acceptsSession(opened.session().transportParameters())) {
            return false;
        }
        boolean anonymous = opened.session().peerCertificates().isEmpty();
        return switch (handshake.config().clientAuthentication()) {
            case NONE -> true;
            case OPTIONAL ->
                    anonymous || handshake.isStillTrusted(opened.session().peerCertificates());
            case REQUIRED ->
                    !anonymous && handshake.isStillTrusted(opened.session().peerCertificates());
        };
    }

    /** The ticket's binder has been verified, and ALPN has chosen. */
    void onServerExtensions(int cipherSuite, Hashtable<Integer, byte[]> extensions)
            throws IOException {
        if (session == null) {
            return;
        }
        handshake.onResumed(session.session());
        if (acceptsEarlyData(cipherSuite)) {
            TlsExtensionsUtils.addEarlyDataIndication(extensions);
            handshake.onEarlyDataAccepted();
            handshake.onEarlySecret(session.suite(), session.preSharedKey());
        }
        session.destroy();
    }

    /** RFC 8446 §4.2.10: the first ticket, the same suite and protocol; and no retry. */
    private boolean acceptsEarlyData(int cipherSuite) {
        return hello.offersEarlyData()
                && !retried
                && chosen == hello.offers().getFirst()
                && session.suite().code() == cipherSuite
                && session.session().applicationProtocol().equals(handshake.applicationProtocol())
                && sealer.admitEarlyData(session, chosen.obfuscatedAge(), chosen.binder())
                && handshake.acceptsEarlyData(session.session().transportParameters());
    }

    /** Sends a ticket, if the client can use one (RFC 8446 §4.2.9). */
    void onComplete(SecurityParameters parameters) {
        if (sealer == null || !hello.takesTickets()) {
            return;
        }
        CipherSuite suite = CipherSuite.ofCode(parameters.getCipherSuite());
        byte[] resumptionMasterSecret = handshake.resumptionMasterSecret(parameters);
        long ageAdd = handshake.config().random().nextInt() & 0xffff_ffffL;
        SealedSession sealed =
                new SealedSession(
                        suite,
                        ResumptionKeys.preSharedKey(suite.hash(), resumptionMasterSecret, NONCE),
                        ageAdd,
                        sealer.nowMs(),
                        handshake.session(handshake.transportParameters()));
        byte[] ticket = sealer.seal(sealed);
        sealed.destroy();
        Arrays.fill(resumptionMasterSecret, (byte) 0);
        if (ticket.length > MAX_TICKET_BYTES) {
            return;
        }
        handshake.emit(
                new NewSessionTicketMessage(
                                sealer.lifetimeMs() / 1000,
                                ageAdd,
                                NONCE,
                                ticket,
                                sealer.allowsEarlyData())
                        .encode());
    }

    void destroy() {
        forgetSession();
    }

    private void forgetSession() {
        if (session != null) {
            session.destroy();
            session = null;
        }
    }
}
