package dev.tern.crypto.resumption;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One key that seals tickets: AES-256-GCM.
 *
 * <pre>ticket = name of the key (8) | nonce (12) | sealed session | tag (16)</pre>
 *
 * <p>Nonces are random, so one key must not seal more than 2^32 tickets (NIST SP 800-38D §8.3): at
 * ten thousand handshakes a second that is five days.
 */
final class TicketKey {
    private static final int NAME_BYTES = 8;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final int HEADER_BYTES = NAME_BYTES + NONCE_BYTES;

    private final byte[] name = new byte[NAME_BYTES];
    private final byte[] key = new byte[KEY_BYTES];
    private final long madeAtMs;

    TicketKey(SecureRandom random, long madeAtMs) {
        random.nextBytes(name);
        random.nextBytes(key);
        this.madeAtMs = madeAtMs;
    }

    long madeAtMs() {
        return madeAtMs;
    }

    boolean isNamedIn(byte[] ticket) {
        return ticket.length >= HEADER_BYTES + TAG_BYTES
                && Arrays.equals(ticket, 0, NAME_BYTES, name, 0, NAME_BYTES);
    }

    byte[] seal(byte[] plaintext, SecureRandom random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] ticket = new byte[HEADER_BYTES + plaintext.length + TAG_BYTES];
        System.arraycopy(name, 0, ticket, 0, NAME_BYTES);
        System.arraycopy(nonce, 0, ticket, NAME_BYTES, NONCE_BYTES);
        try {
            cipher(Cipher.ENCRYPT_MODE, ticket)
                    .doFinal(plaintext, 0, plaintext.length, ticket, HEADER_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot seal a ticket", e);
        }
        return ticket;
    }

    /** The session's bytes, or null if the ticket was changed. */
    byte[] open(byte[] ticket) {
        try {
            return cipher(Cipher.DECRYPT_MODE, ticket)
                    .doFinal(ticket, HEADER_BYTES, ticket.length - HEADER_BYTES);
        } catch (AEADBadTagException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot open a ticket", e);
        }
    }

    private Cipher cipher(int mode, byte[] ticket) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode,
                new SecretKeySpec(key, "AES"),
                new GCMParameterSpec(TAG_BYTES * Byte.SIZE, ticket, NAME_BYTES, NONCE_BYTES));
        cipher.updateAAD(name);
        return cipher;
    }

    void destroy() {
        Arrays.fill(key, (byte) 0);
    }
}
