package dev.tern.crypto.identity;

import dev.tern.crypto.tls.PeerVerifier;
import dev.tern.crypto.tls.TlsAlert;
import dev.tern.crypto.tls.TlsAlertException;

import java.util.Arrays;
import java.util.List;

/**
 * Takes one peer only. A key always makes the same certificate, so whoever meets the peer again
 * need not verify its signature again. May be shared by threads.
 */
final class ExpectedPeer implements PeerVerifier {
    private final PeerId expected;
    private volatile byte[] accepted;

    ExpectedPeer(PeerId expected) {
        this.expected = expected;
    }

    @Override
    public void verify(List<byte[]> derChain) {
        byte[] before = accepted;
        if (before != null && derChain.size() == 1 && Arrays.equals(before, derChain.getFirst())) {
            return;
        }
        PeerId shown = PeerVerifiers.idOf(derChain);
        if (!shown.equals(expected)) {
            throw new TlsAlertException(
                    TlsAlert.ACCESS_DENIED, "expected peer " + expected + ", met " + shown);
        }
        accepted = derChain.getFirst().clone();
    }
}
