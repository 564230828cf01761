package dev.tern.crypto.identity;

import dev.tern.crypto.tls.PeerVerifier;
import dev.tern.crypto.tls.TlsAlert;
import dev.tern.crypto.tls.TlsAlertException;

import java.util.List;

/** The ways to judge a peer's certificate: it must be one self-signed Ed25519 certificate. */
public final class PeerVerifiers {
    private PeerVerifiers() {}

    /** Only the peer with this id. */
    public static PeerVerifier exactly(PeerId expected) {
        return new ExpectedPeer(expected);
    }

    /** Any peer; who it is, {@link PeerId#ofCertificate} tells afterwards. */
    public static PeerVerifier anyPeer() {
        return PeerVerifiers::idOf;
    }

    static PeerId idOf(List<byte[]> derChain) {
        if (derChain.size() != 1) {
            throw new TlsAlertException(
                    TlsAlert.BAD_CERTIFICATE,
                    "a peer shows one certificate, not " + derChain.size());
        }
        return PeerCertificate.verify(derChain.getFirst());
    }
}
