package dev.tern.crypto.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.tern.crypto.aead.UnavailableException;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The functions of OpenSSL's EVP interface that an AEAD needs, from libcrypto 3.
 *
 * <p>Addresses of native memory go as numbers, which need no checks and never allocate; the caller
 * keeps what they point to.
 */
final class Evp {
    /** Of EVP_CipherInit_ex. */
    static final int DECRYPT = 0;

    static final int ENCRYPT = 1;

    private static final long NULL = 0;

    private static final Linker.Option SHORT = Linker.Option.critical(false);

    private static final MethodHandle CONTEXT_NEW =
            LibCrypto.function("EVP_CIPHER_CTX_new", FunctionDescriptor.of(ADDRESS));
    private static final MethodHandle CONTEXT_FREE =
            LibCrypto.function("EVP_CIPHER_CTX_free", FunctionDescriptor.ofVoid(ADDRESS));
    private static final MethodHandle FETCH =
            LibCrypto.function(
                    "EVP_CIPHER_fetch", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    private static final MethodHandle INIT =
            LibCrypto.function(
                    "EVP_CipherInit_ex",
                    FunctionDescriptor.of(
                            JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                            JAVA_INT),
                    SHORT);
    private static final MethodHandle UPDATE =
            LibCrypto.function(
                    "EVP_CipherUpdate",
                    FunctionDescriptor.of(
                            JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT),
                    SHORT);
    private static final MethodHandle FINAL =
            LibCrypto.function(
                    "EVP_CipherFinal_ex",
                    FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                    SHORT);
    private static final MethodHandle GET_PARAMETERS = parameters("EVP_CIPHER_CTX_get_params");
    private static final MethodHandle SET_PARAMETERS = parameters("EVP_CIPHER_CTX_set_params");

    private Evp() {}

    private static MethodHandle parameters(String function) {
        return LibCrypto.function(
                function, FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG), SHORT);
    }

    /** An algorithm, for as long as the process lives. */
    static MemorySegment fetch(String algorithm) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment cipher =
                    (MemorySegment)
                            FETCH.invokeExact(
                                    MemorySegment.NULL,
                                    arena.allocateFrom(algorithm),
                                    MemorySegment.NULL);
            if (cipher.address() == 0) {
                throw new UnavailableException("libcrypto has no " + algorithm);
            }
            return cipher;
        } catch (Throwable e) {
            throw NativeLibrary.failed(e);
        }
    }

    /** A cipher context that is freed, and its keys cleansed, when nothing holds it any more. */
    @SuppressWarnings("restricted")
    static MemorySegment newContext(Arena arena) {
        try {
            MemorySegment context = (MemorySegment) CONTEXT_NEW.invokeExact();
            if (context.address() == 0) {
                throw new IllegalStateException("libcrypto has no memory for a cipher context");
            }
            return context.reinterpret(arena, Evp::free);
        } catch (Throwable e) {
            throw NativeLibrary.failed(e);
        }
    }

    private static void free(MemorySegment context) {
        try {
            CONTEXT_FREE.invokeExact(context);
        } catch (Throwable e) {
            throw NativeLibrary.failed(e);
        }
    }

    /**
     * Sets an algorithm and its key.
     *
     * @param key the address of a copy in native memory
     */
    static void setCipher(long context, MemorySegment cipher, long key) {
        init(context, cipher.address(), key, NULL, ENCRYPT);
    }

    /** Another key for the algorithm that was set. */
    static void setKey(long context, long key) {
        init(context, NULL, key, NULL, ENCRYPT);
    }

    /** Begins a packet. */
    static void begin(long context, long nonce, int direction) {
        init(context, NULL, NULL, nonce, direction);
    }

    private static void init(long context, long cipher, long key, long iv, int direction) {
        try {
            LibCrypto.require((int) INIT.invokeExact(context, cipher, NULL, key, iv, direction));
        } catch (Throwable e) {
            throw NativeLibrary.failed(e);
        }
    }

    static void addHeader(long context, long header, int length, long outLength) {
        update(context, NULL, outLength, header, length);
    }

    /** Encrypts or decrypts. */
    static void update(long context, long out, long outLength, long in, int length) {
        try {
            LibCrypto.require((int) UPDATE.invokeExact(context, out, outLength, in, length));
        } catch (Throwable e) {
            throw NativeLibrary.failed(e);
        }
    }

    /** Whether the tag is right, when decrypting. An AEAD writes nothing to {@code scratch}. */
    static boolean finish(long context, long scratch, long outLength) {
        try {
            return (int) FINAL.invokeExact(context, scratch, outLength) > 0;
        } catch (Throwable e) {
            throw NativeLibrary.failed(e);
        }
    }

    static void getTag(long context, long tagParameter) {
        try {
            LibCrypto.require((int) GET_PARAMETERS.invokeExact(context, tagParameter));
        } catch (Throwable e) {
            throw NativeLibrary.failed(e);
        }
    }

    static void setTag(long context, long tagParameter) {
        try {
            LibCrypto.require((int) SET_PARAMETERS.invokeExact(context, tagParameter));
        } catch (Throwable e) {
            throw NativeLibrary.failed(e);
        }
    }
}
