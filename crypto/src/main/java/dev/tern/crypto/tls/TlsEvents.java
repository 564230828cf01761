package dev.tern.crypto.tls;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.crypto.KeySchedule;
import dev.tern.crypto.PacketProtector;
import dev.tern.crypto.resumption.SessionTicket;

/**
 * What a handshake tells the connection (RFC 9001 §4.1). Called from within {@link TlsEngine#start}
 * and {@link TlsEngine#receive}, on the caller's thread; must not call {@code receive} again. What
 * it throws comes out of that call unchanged and ends the handshake.
 */
public interface TlsEvents {
    /** One handshake message, or a part of a very long one, to be sent in CRYPTO frames. */
    void onHandshakeBytes(EncryptionLevel level, byte[] bytes);

    /**
     * The labels of the version of QUIC that is spoken by now; asked each time before keys are
     * made.
     */
    default KeySchedule keySchedule() {
        return KeySchedule.V1;
    }

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

    /**
     * The keys of 0-RTT packets: at a client for sending, together with its ClientHello; at a
     * server for opening what the client sends with them, if early data was accepted. What the
     * client sent is lost if the server accepts none: {@link TlsEngine#isEarlyDataAccepted}.
     */
    default void onEarlyKeys(PacketProtector keys) {
        keys.destroy();
    }

    /**
     * At a server: whether a session of an earlier connection may go on in this one.
     *
     * @param rememberedParameters our own transport parameters when the ticket was made
     */
    default boolean acceptSession(byte[] rememberedParameters) {
        return true;
    }

    /**
     * At a server: whether 0-RTT packets are welcome. Asked only for a ticket that allows them and
     * a ClientHello that was not seen before.
     *
     * @param rememberedParameters our own transport parameters when the ticket was made; what they
     *     granted must still be granted (RFC 9000 §7.4.1)
     */
    default boolean acceptEarlyData(byte[] rememberedParameters) {
        return false;
    }

    /** At a client: the server sent a ticket, for {@link TlsEngine#resume} next time. */
    default void onSessionTicket(SessionTicket ticket) {}

    /** The peer's Finished has been verified; the peer's certificate has passed the verifier. */
    void onHandshakeComplete();
}
