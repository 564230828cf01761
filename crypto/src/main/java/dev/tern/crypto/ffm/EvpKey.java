package dev.tern.crypto.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The functions of OpenSSL's EVP interface that a key exchange needs, from libcrypto 3. None is
 * critical: next to the tens of microseconds of the one that computes, a call costs nothing.
 *
 * <p>Addresses go as numbers. Keys and contexts are the caller's to free, which cleanses them; to
 * free 0 does nothing.
 */
final class EvpKey {
    /** EVP_PKEY_KEYPAIR: both halves are given. */
    static final int KEY_PAIR = 0x87;

    /** EVP_PKEY_PUBLIC_KEY. */
    static final int PUBLIC_KEY = 0x86;

    private static final long NULL = 0;

    /** Looking for a peer's key to be of use again does nothing for X25519 but cost. */
    private static final int WITHOUT_CHECK = 0;

    private static final MethodHandle CONTEXT_BY_NAME =
            LibCrypto.function(
                    "EVP_PKEY_CTX_new_from_name",
                    FunctionDescriptor.of(ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle CONTEXT_BY_KEY =
            address("EVP_PKEY_CTX_new_from_pkey", JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle FROM_DATA_INIT = result("EVP_PKEY_fromdata_init", JAVA_LONG);
    private static final MethodHandle FROM_DATA =
            result("EVP_PKEY_fromdata", JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG);
    private static final MethodHandle DERIVE_INIT = result("EVP_PKEY_derive_init", JAVA_LONG);
    private static final MethodHandle SET_PEER =
            result("EVP_PKEY_derive_set_peer_ex", JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle DERIVE =
            result("EVP_PKEY_derive", JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle FREE_KEY = nothing("EVP_PKEY_free");
    private static final MethodHandle FREE_CONTEXT = nothing("EVP_PKEY_CTX_free");
    private static final MethodHandle FORGET_ERRORS =
            LibCrypto.function("ERR_clear_error", FunctionDescriptor.ofVoid());

    private EvpKey() {}

    private static MethodHandle address(String function, MemoryLayout... arguments) {
        return LibCrypto.function(function, FunctionDescriptor.of(JAVA_LONG, arguments));
    }

    private static MethodHandle result(String function, MemoryLayout... arguments) {
        return LibCrypto.function(function, FunctionDescriptor.of(JAVA_INT, arguments));
    }

    private static MethodHandle nothing(String function) {
        return LibCrypto.function(function, FunctionDescriptor.ofVoid(JAVA_LONG));
    }

    /**
     * A context that makes keys of given bytes; for one thread at a time.
     *
     * @param algorithm its name
     */
    static MemorySegment maker(long algorithm) {
        try {
            MemorySegment context =
                    (MemorySegment) CONTEXT_BY_NAME.invokeExact(NULL, algorithm, NULL);
            present(context.address());
            LibCrypto.require((int) FROM_DATA_INIT.invokeExact(context.address()));
            return context;
        } catch (Throwable e) {
            throw NativeLibrary.failed(e);
        }
    }

    static void freeMaker(MemorySegment context) {
        freeContext(context.address());
    }

    /**
     * A key of given bytes, so that nothing is computed.
     *
     * @param selection {@link #KEY_PAIR} or {@link #PUBLIC_KEY}
     * @param parameters an array of OSSL_PARAM
     * @param place where libcrypto puts the key, 0 before
     */
    static void make(long maker, int selection, long parameters, long place) {
        try {
            LibCrypto.require((int) FROM_DATA.invokeExact(maker, place, selection, parameters));
        } catch (Throwable e) {
            throw NativeLibrary.failed(e);
        }
    }

    /**
     * Computes what two keys share; false if it must not be used.
     *
     * @param secretLength where the length of the place for the secret is
     */
    static boolean derive(long own, long peers, long secret, long secretLength) {
        long context = 0;
        try {
            context = present((long) CONTEXT_BY_KEY.invokeExact(NULL, own, NULL));
            LibCrypto.require((int) DERIVE_INIT.invokeExact(context));
            LibCrypto.require((int) SET_PEER.invokeExact(context, peers, WITHOUT_CHECK));
            if ((int) DERIVE.invokeExact(context, secret, secretLength) > 0) {
                return true;
            }
            FORGET_ERRORS.invokeExact();
            return false;
        } catch (Throwable e) {
            throw NativeLibrary.failed(e);
        } finally {
            freeContext(context);
        }
    }

    static void freeKey(long key) {
        try {
            FREE_KEY.invokeExact(key);
        } catch (Throwable e) {
            throw NativeLibrary.failed(e);
        }
    }

    private static void freeContext(long context) {
        try {
            FREE_CONTEXT.invokeExact(context);
        } catch (Throwable e) {
            throw NativeLibrary.failed(e);
        }
    }

    private static long present(long address) {
        if (address == 0) {
            throw new IllegalStateException("libcrypto has no such algorithm or no memory");
        }
        return address;
    }
}
