package dev.tern.crypto;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/** The same bytes for the same seed: for tests that compare runs. */
public final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient SplittableRandom source;

    public SeededRandom(long seed) {
        super(null, null);
        this.source = new SplittableRandom(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        source.nextBytes(bytes);
    }
}
