package dev.tern.crypto;

/**
 * What a handshake tells the connection (RFC 9001 §4.1). Called from within {@link TlsEngine#start}
 * and {@link TlsEngine#receive}, on the caller's thread; must not call {@code receive} again. What
 * it throws comes out of that call unchanged and ends the handshake.
 */
public interface TlsEvents {
    /** One handshake message, or a part of a very long one, to be sent in CRYPTO frames. */
    void onHandshakeBytes(EncryptionLevel level, byte[] bytes);

    /**
     * Both directions' keys of a level, as soon as they exist.
     *
     * <p>A server gets those of 1-RTT with its own Finished, and may send with them. It must not
     * process 1-RTT packets before {@link #onHandshakeComplete}, because only the client's Finished
     * proves who sent them: holding them back is the caller's business (RFC 9001 §5.7).
     */
    void onKeys(EncryptionLevel level, PacketProtector send, PacketProtector receive);

    /**
     * The peer's transport parameters (RFC 9001 §8.2), before any 1-RTT key; at a server before its
     * EncryptedExtensions are made. They are authentic only once the handshake is complete.
     */
    void onPeerTransportParameters(byte[] parameters);

    /** The peer's Finished has been verified; the peer's certificate has passed the verifier. */
    void onHandshakeComplete();
}
