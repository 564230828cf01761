package dev.tern.quic.handshake;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.crypto.resumption.SessionTicket;

/** What a handshake brings about. */
public interface HandshakeListener {
    /**
     * The peer's transport parameters, still encoded; authenticated only when the handshake
     * completes.
     */
    void onPeerTransportParameters(byte[] parameters);

    /** At a client: the session it goes on with allows 0-RTT packets. */
    void onEarlyDataPossible();

    /**
     * At a client: the server reads none of the 0-RTT packets; told before the handshake completes.
     */
    void onEarlyDataRejected();

    /**
     * At a server: whether a session in which it had those parameters may go on in this connection.
     */
    boolean acceptSession(byte[] rememberedParameters);

    /** At a server: whether it still grants what those parameters of its own once granted. */
    boolean acceptEarlyData(byte[] rememberedParameters);

    /** At a client: the server gave a ticket for a later connection. */
    void onSessionTicket(SessionTicket ticket);

    /** TLS has verified the peer's Finished. */
    void onHandshakeComplete();

    /** Both sides know it (RFC 9001 §4.1.2). */
    void onHandshakeConfirmed();

    /** The keys of a level are gone; its packets in flight count no more. */
    void onKeysDiscarded(EncryptionLevel level);
}
