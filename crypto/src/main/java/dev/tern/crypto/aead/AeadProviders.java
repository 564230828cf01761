package dev.tern.crypto.aead;

import java.util.List;

/**
 * The providers of this process. {@code -Dtern.aead=jdk|openssl|ipsecmb} forces one; otherwise each
 * algorithm comes from the cheapest that there is. Choosing loads libraries and compiles calls, so
 * a program does it when it starts ({@link #choice}), not in its first handshake.
 */
public final class AeadProviders {
    /** Cheapest first: 90, 375 and 440 ns for a packet of 1200 bytes on one machine of 2024. */
    private static final AeadSelection SELECTION =
            new AeadSelection(
                    List.of(
                            Candidate.ofClass("ipsecmb", "dev.tern.crypto.ffm.IpsecMbProvider"),
                            Candidate.ofClass("openssl", "dev.tern.crypto.ffm.OpenSslProvider"),
                            new Candidate(JdkProvider.NAME, JdkProvider::new)),
                    System.getProperty("tern.aead"));

    private AeadProviders() {}

    /**
     * Where an algorithm comes from, chosen at the first call.
     *
     * @throws UnavailableException if a provider was forced that cannot be used here
     */
    public static AeadChoice choice(AeadAlgorithm algorithm) {
        synchronized (SELECTION) {
            return SELECTION.choose(algorithm);
        }
    }

    /** Every provider that loads and passes its self-tests. */
    public static List<AeadProvider> usable() {
        synchronized (SELECTION) {
            return SELECTION.usable();
        }
    }
}
