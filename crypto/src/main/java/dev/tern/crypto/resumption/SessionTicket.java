package dev.tern.crypto.resumption;

import dev.tern.crypto.CipherSuite;

import java.util.Arrays;

/**
 * What a client keeps of a connection in order to resume it (RFC 8446 §4.6.1). As bytes it can be
 * stored; it holds a secret as valuable as the connection's keys.
 */
public final class SessionTicket {
    private static final int FORMAT = 1;

    private final CipherSuite suite;
    private final byte[] identity;
    private final byte[] preSharedKey;
    private final long ageAdd;
    private final long receivedAtMs;
    private final long lifetimeMs;
    private final boolean allowsEarlyData;
    private final Session session;

    /**
     * A ticket as the server has just sent it.
     *
     * @param identity the server's name for the session, opaque to us
     * @param ageAdd masks the age that we tell (RFC 8446 §4.2.11.1)
     * @param receivedAtMs time of day
     */
    public SessionTicket(
            CipherSuite suite,
            byte[] identity,
            byte[] preSharedKey,
            long ageAdd,
            long receivedAtMs,
            long lifetimeMs,
            boolean allowsEarlyData,
            Session session) {
        this.suite = suite;
        this.identity = identity.clone();
        this.preSharedKey = preSharedKey.clone();
        this.ageAdd = ageAdd;
        this.receivedAtMs = receivedAtMs;
        this.lifetimeMs = lifetimeMs;
        this.allowsEarlyData = allowsEarlyData;
        this.session = session;
    }

    /**
     * Reads what {@link #toBytes} wrote.
     *
     * @throws IllegalArgumentException if it is not that
     */
    public static SessionTicket fromBytes(byte[] bytes) {
        FieldReader in = new FieldReader(bytes);
        if (in.number() != FORMAT) {
            throw new IllegalArgumentException("a session ticket of another version");
        }
        SessionTicket ticket =
                new SessionTicket(
                        CipherSuite.ofCode((int) in.number()),
                        in.bytes(),
                        in.bytes(),
                        in.number(),
                        in.number(),
                        in.number(),
                        in.number() != 0,
                        Session.read(in));
        in.end();
        return ticket;
    }

    public byte[] toBytes() {
        FieldWriter out =
                new FieldWriter()
                        .number(FORMAT)
                        .number(suite.code())
                        .bytes(identity)
                        .bytes(preSharedKey)
                        .number(ageAdd)
                        .number(receivedAtMs)
                        .number(lifetimeMs)
                        .number(allowsEarlyData ? 1 : 0);
        session.write(out);
        return out.toBytes();
    }

    public CipherSuite suite() {
        return suite;
    }

    /** What goes into pre_shared_key, a copy. */
    public byte[] identity() {
        return identity.clone();
    }

    /** The secret, a copy. */
    public byte[] preSharedKey() {
        return preSharedKey.clone();
    }

    /** Whether the server would take 0-RTT packets (RFC 9001 §4.6.1). */
    public boolean allowsEarlyData() {
        return allowsEarlyData;
    }

    /** What was agreed in the connection that it came from. */
    public Session session() {
        return session;
    }

    public boolean isExpired(long nowMs) {
        long ageMs = nowMs - receivedAtMs;
        return ageMs < 0 || ageMs >= lifetimeMs;
    }

    /** obfuscated_ticket_age (RFC 8446 §4.2.11.1). */
    public long obfuscatedAge(long nowMs) {
        return nowMs - receivedAtMs + ageAdd & 0xffff_ffffL;
    }

    /** Forgets the secret; the ticket is of no more use. */
    public void destroy() {
        Arrays.fill(preSharedKey, (byte) 0);
    }

    /** Nothing of the secret. */
    @Override
    public String toString() {
        return "SessionTicket[" + session.applicationProtocol() + ", " + suite + "]";
    }
}
