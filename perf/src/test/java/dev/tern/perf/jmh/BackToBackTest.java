package dev.tern.perf.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;

import dev.tern.crypto.aead.AeadProvider;
import dev.tern.crypto.aead.AeadProviders;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.util.Optional;

class BackToBackTest {
    private static final int WARM_UP_ROUNDS = 3_000;
    private static final int COUNTED_ROUNDS = 1_000;

    /** A pool may grow by an object while the window does; in one of these spans none does. */
    private static final int SPANS = 5;

    @Test
    void shouldAllocateNothingForAPacketInBulkWithANativeCipher() {
        Optional<AeadProvider> nativeCipher =
                AeadProviders.usable().stream()
                        .filter(provider -> !provider.name().equals("jdk"))
                        .findFirst();
        assumeTrue(nativeCipher.isPresent(), "there is no native cipher on this machine");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        BackToBack ends = new BackToBack(nativeCipher.orElseThrow(), 1, 1200);
        rounds(ends, WARM_UP_ROUNDS);

        long fewestBytes = Long.MAX_VALUE;
        for (int i = 0; i < SPANS; i++) {
            long packetsBefore = ends.packets();
            long bytesBefore = threads.getCurrentThreadAllocatedBytes();
            rounds(ends, COUNTED_ROUNDS);
            fewestBytes =
                    Math.min(fewestBytes, threads.getCurrentThreadAllocatedBytes() - bytesBefore);
            assertThat(ends.packets() - packetsBefore).isGreaterThan(COUNTED_ROUNDS);
        }

        assertThat(fewestBytes).isZero();
    }

    private static void rounds(BackToBack ends, int count) {
        for (int i = 0; i < count; i++) {
            ends.round();
        }
    }
}
