package dev.tern.peer;

import dev.tern.crypto.ConstantTime;
import dev.tern.crypto.HmacSha256;
import dev.tern.crypto.tls.TlsEngine;

import java.util.random.RandomGenerator;

/**
 * The secret of a ticket. It never crosses the wire: the dialler shows a MAC with it over a value
 * that only this TLS session has (RFC 8446 §7.5), so that nobody can pass a proof on.
 */
public final class TicketSecret {
    public static final int BYTES = 16;

    /** Length of a proof. */
    public static final int PROOF_BYTES = HmacSha256.MAC_BYTES;

    private static final String EXPORTER_LABEL = "EXPORTER-tern-ticket";

    private final byte[] secret;

    private TicketSecret(byte[] secret) {
        this.secret = secret;
    }

    /** A new one, from a source that must be cryptographically strong. */
    public static TicketSecret generate(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new TicketSecret(bytes);
    }

    static TicketSecret of(byte[] bytes) {
        return new TicketSecret(bytes.clone());
    }

    byte[] bytes() {
        return secret.clone();
    }

    /** Proves on this session that the ticket is known. */
    public byte[] prove(TlsEngine session) {
        return HmacSha256.mac(
                secret, session.exportKeyingMaterial(EXPORTER_LABEL, new byte[0], PROOF_BYTES));
    }

    /** Whether a proof made for this session is right. */
    public boolean accepts(TlsEngine session, byte[] proof) {
        return ConstantTime.equal(prove(session), proof);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TicketSecret that && ConstantTime.equal(secret, that.secret);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(secret);
    }

    /** Says nothing of the secret. */
    @Override
    public String toString() {
        return "TicketSecret";
    }
}
