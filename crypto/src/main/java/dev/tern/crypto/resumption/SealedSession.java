package dev.tern.crypto.resumption;

import dev.tern.crypto.CipherSuite;

import java.util.Arrays;

/**
 * What a server puts into a ticket in order to remember nothing itself (RFC 5077 §4).
 *
 * @param preSharedKey the secret
 * @param ageAdd masks the ticket's age as the client tells it
 * @param issuedAtMs time of day
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record SealedSession(
        CipherSuite suite, byte[] preSharedKey, long ageAdd, long issuedAtMs, Session session) {
    byte[] toBytes() {
        FieldWriter out =
                new FieldWriter()
                        .number(suite.code())
                        .bytes(preSharedKey)
                        .number(ageAdd)
                        .number(issuedAtMs);
        session.write(out);
        return out.toBytes();
    }

    static SealedSession fromBytes(byte[] bytes) {
        FieldReader in = new FieldReader(bytes);
        SealedSession sealed =
                new SealedSession(
                        CipherSuite.ofCode((int) in.number()),
                        in.bytes(),
                        in.number(),
                        in.number(),
                        Session.read(in));
        in.end();
        return sealed;
    }

    /** When, by the client's account, its ClientHello was sent (RFC 8446 §8.3). */
    public long sentAtMs(long obfuscatedAge) {
        return issuedAtMs + (obfuscatedAge - ageAdd & 0xffff_ffffL);
    }

    public void destroy() {
        Arrays.fill(preSharedKey, (byte) 0);
    }

    /** Nothing of the secret. */
    @Override
    public String toString() {
        return "SealedSession[" + session + "]";
    }
}
