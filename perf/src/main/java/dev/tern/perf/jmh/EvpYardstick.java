package dev.tern.perf.jmh;

import dev.tern.crypto.aead.AeadAlgorithm;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * What packet protection costs by libcrypto's EVP interface from C: what the others are compared
 * with. {@link YardstickBuild} makes the library that is called here.
 */
final class EvpYardstick {
    /** Where a benchmark's own JVM finds what was built. */
    static final String PROPERTY = "tern.yardstick";

    private static final MethodHandle NEW = function("yardstick_new", newDescriptor());
    private static final MethodHandle RUN = function("yardstick_run", runDescriptor());

    private final MemorySegment state;

    EvpYardstick(AeadAlgorithm algorithm, int packetBytes) {
        String name =
                switch (algorithm) {
                    case AES_128_GCM -> "aes-128-gcm";
                    case AES_256_GCM -> "aes-256-gcm";
                    case CHACHA20_POLY1305 -> "chacha20-poly1305";
                };
        try {
            state = (MemorySegment) NEW.invokeExact(Arena.global().allocateFrom(name), packetBytes);
        } catch (Throwable e) {
            throw new IllegalStateException("the yardstick does not start", e);
        }
        if (state.address() == 0) {
            throw new IllegalStateException("libcrypto has no " + name);
        }
    }

    private static FunctionDescriptor newDescriptor() {
        return FunctionDescriptor.of(
                ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    }

    private static FunctionDescriptor runDescriptor() {
        return FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        Path library = Path.of(System.getProperty(PROPERTY));
        MemorySegment address =
                SymbolLookup.libraryLookup(library, Arena.global()).find(name).orElseThrow();
        return Linker.nativeLinker().downcallHandle(address, descriptor);
    }

    /** Seals packets and masks their headers. */
    int run(int packets) {
        try {
            return (int) RUN.invokeExact(state, packets);
        } catch (Throwable e) {
            throw new IllegalStateException("the yardstick breaks", e);
        }
    }
}
