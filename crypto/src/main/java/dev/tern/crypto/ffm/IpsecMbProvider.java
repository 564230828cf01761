package dev.tern.crypto.ffm;

import dev.tern.crypto.aead.Aead;
import dev.tern.crypto.aead.AeadAlgorithm;
import dev.tern.crypto.aead.AeadProvider;

/** Intel's multi-buffer library: AES-GCM at a quarter of anybody else's cost. */
public final class IpsecMbProvider implements AeadProvider {
    private final String version = IpsecMb.version();

    @Override
    public String name() {
        return "ipsecmb";
    }

    @Override
    public String description() {
        return "Intel multi-buffer library " + version;
    }

    @Override
    public boolean supports(AeadAlgorithm algorithm) {
        return algorithm.isAes();
    }

    @Override
    public Aead aead(AeadAlgorithm algorithm, byte[] key, byte[] iv) {
        return new IpsecMbAead(key, iv);
    }
}
