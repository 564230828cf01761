package dev.tern.crypto;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** How a native implementation comes to take the place of one in Java, which works everywhere. */
public final class NativeChoice {
    private static final Logger LOG = LoggerFactory.getLogger(NativeChoice.class);

    private NativeChoice() {}

    /** Whether who started this process wants native code at all. */
    public static boolean isAllowed() {
        return !"jdk".equals(System.getProperty("tern.aead"));
    }

    /**
     * What is loaded, if it passes its self-test.
     *
     * @param what it computes, for the log
     * @param description names an implementation for a person
     */
    public static <T> T choose(
            String what,
            Supplier<T> loader,
            Predicate<T> selfTest,
            Function<T, String> description,
            T everywhere) {
        try {
            T candidate = loader.get();
            if (selfTest.test(candidate)) {
                LOG.info("{} by {}", what, description.apply(candidate));
                return candidate;
            }
            LOG.warn("{} in Java: {} fails its self-test", what, description.apply(candidate));
        } catch (RuntimeException | LinkageError e) {
            // A library that behaves in some new way must not keep a program from starting.
            LOG.info("{} in Java: {}", what, rootOf(e).getMessage());
        }
        return everywhere;
    }

    /** By the name of a class of which the caller's package knows nothing else. */
    public static <T> T load(String className, Class<T> type) {
        try {
            return Class.forName(className).asSubclass(type).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("it does not load", e);
        }
    }

    private static Throwable rootOf(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
