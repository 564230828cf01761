package dev.tern.peer;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/** Random bytes that follow from a seed, for handshakes that can be repeated. */
final class SeededSecureRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient SplittableRandom random;

    SeededSecureRandom(long seed) {
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
