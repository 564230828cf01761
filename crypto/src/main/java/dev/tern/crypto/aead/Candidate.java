package dev.tern.crypto.aead;

import java.util.function.Supplier;

/** A provider that may turn out not to exist on this machine; loaded when it is first asked for. */
final class Candidate {
    private final String name;
    private final Supplier<AeadProvider> loader;
    private AeadProvider provider;
    private String obstacle;

    Candidate(String name, Supplier<AeadProvider> loader) {
        this.name = name;
        this.loader = loader;
    }

    /** By the name of a class of which this package knows nothing else. */
    static Candidate ofClass(String name, String className) {
        return new Candidate(name, () -> load(className));
    }

    private static AeadProvider load(String className) {
        try {
            return Class.forName(className)
                    .asSubclass(AeadProvider.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            Throwable root = rootOf(e);
            if (root instanceof UnavailableException unavailable) {
                throw unavailable;
            }
            throw new UnavailableException("it does not load: " + root);
        }
    }

    /** What went wrong in a class's initialisation arrives well wrapped. */
    private static Throwable rootOf(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    String name() {
        return name;
    }

    /** The provider, or null where there is an {@link #obstacle()}. */
    AeadProvider provider() {
        if (provider == null && obstacle == null) {
            try {
                provider = loader.get();
            } catch (UnavailableException e) {
                obstacle = e.getMessage();
            } catch (RuntimeException | LinkageError e) {
                // A library that behaves in some new way must not keep a program from starting.
                obstacle = "it does not load: " + e;
            }
        }
        return provider;
    }

    /** Why there is no provider. */
    String obstacle() {
        return obstacle;
    }
}
