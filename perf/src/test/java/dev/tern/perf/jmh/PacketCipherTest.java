package dev.tern.perf.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.crypto.CipherSuite;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

class PacketCipherTest {
    @Test
    void shouldMeasureEverySuiteByTheJdkAtLeast() {
        for (CipherSuite suite : CipherSuite.values()) {
            assertThat(PacketCipher.measurable(false)).contains(suite + "/jdk");
        }
    }

    @Test
    void shouldMeasureCBesideTheOthersWhereItCan() {
        assertThat(PacketCipher.measurable(false)).noneMatch(cipher -> cipher.endsWith("/c"));
        assertThat(PacketCipher.measurable(true)).contains("AES_128_GCM_SHA256/c");
    }

    @Test
    void shouldFindTheProviderOfWhatItLists() {
        for (String text : PacketCipher.measurable(false)) {
            PacketCipher cipher = PacketCipher.parse(text);

            assertThat(cipher.suite() + "/" + cipher.aeadProvider().name()).isEqualTo(text);
        }
    }

    @Test
    void shouldDoWithoutTheYardstickWhereItCannotBeBuilt(@TempDir Path folder) {
        assertThat(YardstickBuild.in(folder.resolve("missing"))).isNull();
    }
}
