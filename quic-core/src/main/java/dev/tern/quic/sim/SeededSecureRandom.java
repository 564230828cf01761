package dev.tern.quic.sim;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/**
 * Random bytes that follow from a seed, for cryptography that can be repeated: the same seed gives
 * the same handshake. Never for a connection outside of a simulation.
 */
public final class SeededSecureRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient SplittableRandom random;

    public SeededSecureRandom(long seed) {
        super(null, null); // no seed of the machine's
        random = new SplittableRandom(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        random.nextBytes(bytes);
    }

    @Override
    public String getAlgorithm() {
        return "seeded";
    }
}
