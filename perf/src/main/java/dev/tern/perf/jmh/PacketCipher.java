package dev.tern.perf.jmh;

import dev.tern.crypto.CipherSuite;
import dev.tern.crypto.aead.AeadProvider;
import dev.tern.crypto.aead.AeadProviders;

import java.util.ArrayList;
import java.util.List;

/**
 * A cipher suite and who does it, written {@code SUITE/PROVIDER}: the providers of the crypto
 * module, and C as the yardstick.
 */
record PacketCipher(CipherSuite suite, String provider) {
    /** The names of the benchmarks' parameters: for all, and for those that C is not asked for. */
    static final String PARAMETER = "cipher";

    static final String OPEN_PARAMETER = "openCipher";

    static final String C = "c";

    static PacketCipher parse(String text) {
        int slash = text.indexOf('/');
        return new PacketCipher(
                CipherSuite.valueOf(text.substring(0, slash)), text.substring(slash + 1));
    }

    /** All that this machine has, each suite's beside each other. */
    static List<String> measurable(boolean yardstick) {
        List<String> ciphers = new ArrayList<>();
        for (CipherSuite suite : CipherSuite.values()) {
            if (yardstick) {
                ciphers.add(suite + "/" + C);
            }
            for (AeadProvider provider : AeadProviders.usable()) {
                if (provider.supports(suite.aead())) {
                    ciphers.add(suite + "/" + provider.name());
                }
            }
        }
        return ciphers;
    }

    boolean isC() {
        return provider.equals(C);
    }

    AeadProvider aeadProvider() {
        return AeadProviders.usable().stream()
                .filter(usable -> usable.name().equals(provider))
                .findFirst()
                .orElseThrow();
    }
}
