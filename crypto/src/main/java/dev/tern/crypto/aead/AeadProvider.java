package dev.tern.crypto.aead;

/** A source of AEADs. Safe for use by any thread, unlike the ciphers it makes. */
public interface AeadProvider {
    /** As in {@code -Dtern.aead}. */
    String name();

    /** The library and its version, for a person to read. */
    String description();

    boolean supports(AeadAlgorithm algorithm);

    /** A cipher for one direction; keeps its own copy of the key and the IV. */
    Aead aead(AeadAlgorithm algorithm, byte[] key, byte[] iv);

    /** What masks headers under that key; unless a provider knows better the JDK's own. */
    default HeaderMask headerMask(AeadAlgorithm algorithm, byte[] headerKey) {
        return HeaderMask.of(algorithm, headerKey);
    }
}
