package dev.tern.crypto.tls;

import java.util.List;

/**
 * Decides whether a certificate chain is the expected peer's. That the peer owns its key, TLS
 * proves.
 */
@FunctionalInterface
public interface PeerVerifier {
    /**
     * Returns where the peer is the expected one.
     *
     * @param derChain at least one certificate, the peer's own first
     * @throws TlsAlertException if the handshake must end
     */
    void verify(List<byte[]> derChain);
}
