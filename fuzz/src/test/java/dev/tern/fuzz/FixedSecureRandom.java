package dev.tern.fuzz;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/** The same bytes for the same seed, so that an input does the same each time. */
final class FixedSecureRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient SplittableRandom source;

    FixedSecureRandom(long seed) {
        super(null, null);
        this.source = new SplittableRandom(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        source.nextBytes(bytes);
    }
}
