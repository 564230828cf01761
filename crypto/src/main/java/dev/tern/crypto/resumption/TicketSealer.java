package dev.tern.crypto.resumption;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Seals a server's sessions into tickets, and opens them again (RFC 5077 §4). One is shared by all
 * connections of a server. Its keys never leave it: each is used for one lifetime of tickets and
 * kept for one more, so that no ticket outlives its key, and a stolen key opens tickets of two
 * lifetimes at most. May be used by several threads.
 */
public final class TicketSealer {
    /** A ticket of TLS 1.3 lives at most a week (RFC 8446 §4.6.1). */
    public static final long MAX_LIFETIME_MS = 7 * 24 * 3600 * 1000L;

    private final SecureRandom random;
    private final LongSupplier wallClockMs;
    private final long lifetimeMs;
    private final ReplayGuard earlyDataGuard;
    private final ArrayDeque<TicketKey> keys = new ArrayDeque<>();

    /**
     * A sealer whose tickets are for resumption, and for 0-RTT where there is a guard.
     *
     * @param wallClockMs the time of day, milliseconds since 1970
     * @param lifetimeMs of a ticket
     * @param earlyDataGuard against replays of 0-RTT; null where 0-RTT is not wanted
     */
    public TicketSealer(
            SecureRandom random,
            LongSupplier wallClockMs,
            long lifetimeMs,
            ReplayGuard earlyDataGuard) {
        if (lifetimeMs < 1000 || lifetimeMs > MAX_LIFETIME_MS) {
            throw new IllegalArgumentException("a ticket lives from one second to seven days");
        }
        this.random = random;
        this.wallClockMs = wallClockMs;
        this.lifetimeMs = lifetimeMs;
        this.earlyDataGuard = earlyDataGuard;
    }

    public long nowMs() {
        return wallClockMs.getAsLong();
    }

    public long lifetimeMs() {
        return lifetimeMs;
    }

    /** Whether its tickets are good for 0-RTT. */
    public boolean allowsEarlyData() {
        return earlyDataGuard != null;
    }

    /** The ticket that stands for a session. */
    public synchronized byte[] seal(SealedSession session) {
        byte[] plaintext = session.toBytes();
        try {
            return currentKey(session.issuedAtMs()).seal(plaintext, random);
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    /** The session that a ticket stands for; null if it is not ours, or too old. */
    public synchronized SealedSession open(byte[] ticket) {
        long nowMs = nowMs();
        dropExpired(nowMs);
        for (TicketKey key : keys) {
            if (key.isNamedIn(ticket)) {
                return unexpired(key.open(ticket), nowMs);
            }
        }
        return null;
    }

    private SealedSession unexpired(byte[] plaintext, long nowMs) {
        if (plaintext == null) {
            return null;
        }
        SealedSession session = SealedSession.fromBytes(plaintext);
        Arrays.fill(plaintext, (byte) 0);
        return nowMs - session.issuedAtMs() < lifetimeMs ? session : null;
    }

    /**
     * Whether early data under this ticket may be taken: it must be fresh, and its ClientHello must
     * not have come before (RFC 8446 §8).
     *
     * @param binder of the ClientHello, verified: no two have the same
     */
    public synchronized boolean admitEarlyData(
            SealedSession session, long obfuscatedAge, byte[] binder) {
        return earlyDataGuard != null
                && earlyDataGuard.admit(binder, session.sentAtMs(obfuscatedAge), nowMs());
    }

    private TicketKey currentKey(long nowMs) {
        dropExpired(nowMs);
        TicketKey newest = keys.peekFirst();
        if (newest == null || nowMs - newest.madeAtMs() >= lifetimeMs) {
            newest = new TicketKey(random, nowMs);
            keys.addFirst(newest);
        }
        return newest;
    }

    private void dropExpired(long nowMs) {
        while (!keys.isEmpty() && nowMs - keys.peekLast().madeAtMs() >= 2 * lifetimeMs) {
            keys.removeLast().destroy();
        }
    }

    /** Forgets all keys: no ticket made before can be opened any more. */
    public synchronized void destroy() {
        keys.forEach(TicketKey::destroy);
        keys.clear();
    }
}
