package dev.tern.crypto.ffm;

import dev.tern.crypto.aead.Aead;
import dev.tern.crypto.aead.AeadAlgorithm;
import dev.tern.crypto.aead.AeadProvider;

import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.Map;

/** OpenSSL's libcrypto. */
public final class OpenSslProvider implements AeadProvider {
    private final Map<AeadAlgorithm, MemorySegment> ciphers = new EnumMap<>(AeadAlgorithm.class);

    public OpenSslProvider() {
        for (AeadAlgorithm algorithm : AeadAlgorithm.values()) {
            ciphers.put(algorithm, Evp.fetch(nameOf(algorithm)));
        }
    }

    private static String nameOf(AeadAlgorithm algorithm) {
        return switch (algorithm) {
            case AES_128_GCM -> "AES-128-GCM";
            case AES_256_GCM -> "AES-256-GCM";
            case CHACHA20_POLY1305 -> "ChaCha20-Poly1305";
        };
    }

    @Override
    public String name() {
        return "openssl";
    }

    @Override
    public String description() {
        return LibCrypto.version();
    }

    @Override
    public boolean supports(AeadAlgorithm algorithm) {
        return true;
    }

    @Override
    public Aead aead(AeadAlgorithm algorithm, byte[] key, byte[] iv) {
        return new EvpAead(ciphers.get(algorithm), key, iv);
    }
}
