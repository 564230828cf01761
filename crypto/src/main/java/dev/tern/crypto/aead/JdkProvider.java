package dev.tern.crypto.aead;

/** The JDK's ciphers, which are everywhere. */
final class JdkProvider implements AeadProvider {
    static final String NAME = "jdk";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "the JDK's ciphers";
    }

    @Override
    public boolean supports(AeadAlgorithm algorithm) {
        return true;
    }

    @Override
    public Aead aead(AeadAlgorithm algorithm, byte[] key, byte[] iv) {
        return new JdkAead(algorithm, key, iv);
    }
}
