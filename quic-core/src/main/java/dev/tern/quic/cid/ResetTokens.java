package dev.tern.quic.cid;

import dev.tern.quic.wire.StatelessResetToken;

/**
 * Where the endpoint learns which stateless reset tokens end this connection: a stateless reset
 * names no connection ID (RFC 9000 §10.3.1).
 */
public interface ResetTokens {
    /** An ID with this token is used from now on. */
    void expect(StatelessResetToken token);

    /** It is not used any more. */
    void forget(StatelessResetToken token);
}
