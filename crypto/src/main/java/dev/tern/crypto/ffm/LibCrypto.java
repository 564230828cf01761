package dev.tern.crypto.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** OpenSSL's libcrypto 3, loaded and initialised. */
final class LibCrypto {
    private static final int VERSION = 0;

    /** Without it libcrypto would take itself down at exit, while an agent may still use it. */
    private static final long NO_ATEXIT = 0x80000;

    private static final NativeLibrary LIBRARY = new NativeLibrary("libcrypto.so.3", "libssl3");

    static {
        MethodHandle initialize =
                function(
                        "OPENSSL_init_crypto", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS));
        try {
            require((int) initialize.invokeExact(NO_ATEXIT, MemorySegment.NULL));
        } catch (Throwable e) {
            throw NativeLibrary.failed(e);
        }
    }

    private LibCrypto() {}

    static MethodHandle function(
            String name, FunctionDescriptor descriptor, Linker.Option... options) {
        return LIBRARY.function(name, descriptor, options);
    }

    /** As libcrypto calls itself. */
    @SuppressWarnings("restricted")
    static String version() {
        MethodHandle version =
                function("OpenSSL_version", FunctionDescriptor.of(ADDRESS, JAVA_INT));
        try {
            MemorySegment text = (MemorySegment) version.invokeExact(VERSION);
            return text.reinterpret(Long.MAX_VALUE).getString(0);
        } catch (Throwable e) {
            throw NativeLibrary.failed(e);
        }
    }

    /** Of what a function returns that can only fail by a fault of ours or for lack of memory. */
    static void require(int result) {
        if (result <= 0) {
            throw new IllegalStateException("libcrypto refuses a call");
        }
    }
}
