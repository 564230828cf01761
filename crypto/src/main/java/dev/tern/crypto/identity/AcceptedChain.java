package dev.tern.crypto.identity;

import java.security.cert.CertPath;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;

/**
 * A chain that was found good, and for how long the same bytes need no second look: who dials one
 * server often sees the same chain each time.
 *
 * @param untilMs the first of its certificates expires, or an hour has gone by
 */
record AcceptedChain(List<byte[]> chain, long fromMs, long untilMs) {
    private static final long HOUR_MS = 3_600_000;

    /**
     * Remembers a chain.
     *
     * @param path from the peer's certificate up to the authority
     */
    @SuppressWarnings("JavaUtilDate") // What the JDK's certificates have.
    static AcceptedChain of(List<byte[]> chain, CertPath path, long nowMs) {
        long untilMs = nowMs + HOUR_MS;
        for (Certificate link : path.getCertificates()) {
            untilMs = Math.min(untilMs, ((X509Certificate) link).getNotAfter().getTime());
        }
        return new AcceptedChain(chain.stream().map(byte[]::clone).toList(), nowMs, untilMs);
    }

    boolean holds(List<byte[]> shown, long nowMs) {
        if (nowMs < fromMs || nowMs > untilMs || shown.size() != chain.size()) {
            return false;
        }
        for (int i = 0; i < chain.size(); i++) {
            if (!Arrays.equals(chain.get(i), shown.get(i))) {
                return false;
            }
        }
        return true;
    }
}
