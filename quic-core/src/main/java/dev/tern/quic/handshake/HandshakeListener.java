package dev.tern.quic.handshake;

import dev.tern.crypto.EncryptionLevel;

/** What a handshake brings about. */
public interface HandshakeListener {
    /**
     * The peer's transport parameters, still encoded; authenticated only when the handshake
     * completes.
     */
    void onPeerTransportParameters(byte[] parameters);

    /** TLS has verified the peer's Finished. */
    void onHandshakeComplete();

    /** Both sides know it (RFC 9001 §4.1.2). */
    void onHandshakeConfirmed();

    /** The keys of a level are gone; its packets in flight count no more. */
    void onKeysDiscarded(EncryptionLevel level);
}
