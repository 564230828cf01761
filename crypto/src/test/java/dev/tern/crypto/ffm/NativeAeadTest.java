package dev.tern.crypto.ffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tern.crypto.aead.Aead;
import dev.tern.crypto.aead.AeadAlgorithm;
import dev.tern.crypto.aead.AeadProvider;
import dev.tern.crypto.aead.UnavailableException;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;

/** What only the native providers promise. Skipped, with the reason, where a library is missing. */
class NativeAeadTest {
    private static final int HEADER_BYTES = 13;
    private static final int PAYLOAD_BYTES = 1171;
    private static final int PACKETS = 2_000;
    private static final int ROUNDS = 1_000;

    @ParameterizedTest
    @ValueSource(strings = {"openssl", "ipsecmb"})
    void shouldSayItsVersion(String name) {
        assertThat(load(name).name()).isEqualTo(name);
        assertThat(load(name).description()).containsPattern("[0-9]+\\.[0-9]+\\.[0-9]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openssl", "ipsecmb"})
    void shouldAllocateNothingPerPacket(String name) {
        AeadProvider provider = load(name);
        for (AeadAlgorithm algorithm : AeadAlgorithm.values()) {
            if (provider.supports(algorithm)) {
                assertThat(leastAllocated(provider, algorithm)).as("%s", algorithm).isZero();
            }
        }
    }

    /**
     * Of many rounds: at first what is not compiled yet allocates, and the JVM itself may, once.
     */
    private static long leastAllocated(AeadProvider provider, AeadAlgorithm algorithm) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Aead aead = aead(provider, algorithm);
        byte[] slab = new byte[4 * 1500];
        long number = 0;
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < PACKETS; i++) {
                int offset = (i & 3) * 1500;
                aead.seal(0, number, slab, offset, HEADER_BYTES, PAYLOAD_BYTES);
                aead.open(0, number, slab, offset, HEADER_BYTES, PAYLOAD_BYTES + Aead.TAG_BYTES);
                number++;
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    @ParameterizedTest
    @ValueSource(strings = {"openssl", "ipsecmb"})
    void shouldLetAnotherThreadDestroyIt(String name) throws InterruptedException {
        Aead aead = aead(load(name), AeadAlgorithm.AES_128_GCM);
        byte[] packet = new byte[1500];
        aead.seal(0, 1, packet, 0, HEADER_BYTES, PAYLOAD_BYTES);

        Thread other = new Thread(aead::destroy);
        other.start();
        other.join();

        assertThatThrownBy(() -> aead.seal(0, 2, packet, 0, HEADER_BYTES, PAYLOAD_BYTES))
                .isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openssl", "ipsecmb"})
    void shouldSurviveBeingDestroyedInUse(String name) throws InterruptedException {
        AeadProvider provider = load(name);
        for (int round = 0; round < 20; round++) {
            Aead aead = aead(provider, AeadAlgorithm.AES_128_GCM);
            Thread user = new Thread(() -> sealUntilDestroyed(aead));
            user.start();
            aead.destroy();
            user.join();
        }
    }

    private static void sealUntilDestroyed(Aead aead) {
        byte[] packet = new byte[1500];
        try {
            for (long number = 0; ; number++) {
                aead.seal(0, number, packet, 0, HEADER_BYTES, PAYLOAD_BYTES);
            }
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("destroyed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"openssl", "ipsecmb"})
    void shouldNotReachBeyondTheBuffer(String name) {
        Aead aead = aead(load(name), AeadAlgorithm.AES_128_GCM);

        assertThatThrownBy(() -> aead.seal(0, 1, new byte[100], 0, HEADER_BYTES, 72))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> aead.open(0, 1, new byte[100], 0, HEADER_BYTES, 88))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static Aead aead(AeadProvider provider, AeadAlgorithm algorithm) {
        return provider.aead(algorithm, new byte[algorithm.keyBytes()], new byte[Aead.NONCE_BYTES]);
    }

    private static AeadProvider load(String name) {
        try {
            return name.equals("openssl") ? new OpenSslProvider() : new IpsecMbProvider();
        } catch (LinkageError | UnavailableException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            return Assumptions.abort(name + ": " + reason.getMessage());
        }
    }
}
