package dev.tern.crypto.ffm;

import dev.tern.crypto.aead.UnavailableException;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** A shared library, loaded for as long as the process lives. */
@SuppressWarnings("restricted") // Calling native code is what this class is for.
final class NativeLibrary {
    private static final Linker LINKER = Linker.nativeLinker();

    private final String file;
    private final SymbolLookup symbols;

    /**
     * @param debianPackage where to get it
     */
    NativeLibrary(String file, String debianPackage) {
        this.file = file;
        try {
            symbols = SymbolLookup.libraryLookup(file, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new UnavailableException(
                    file + " does not load; to install it on Debian: apt install " + debianPackage);
        }
    }

    MethodHandle function(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        MemorySegment address =
                symbols.find(name)
                        .orElseThrow(() -> new UnavailableException(file + " has no " + name));
        return LINKER.downcallHandle(address, descriptor, options);
    }

    /** Any function of this kind: the address is the first argument of a call. */
    static MethodHandle function(FunctionDescriptor descriptor, Linker.Option... options) {
        return LINKER.downcallHandle(descriptor, options);
    }

    /** Foreign functions throw nothing; what comes out of a call is a fault in its description. */
    static IllegalStateException failed(Throwable cause) {
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        return new IllegalStateException("a native call failed", cause);
    }
}
