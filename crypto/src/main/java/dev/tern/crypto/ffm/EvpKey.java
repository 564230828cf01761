package dev.tern.crypto.ffm;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
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
    private static final int KEY_PAIR = 0x87;

    private static final long NULL = 0;

    private static final MethodHandle CONTEXT_BY_NAME =
            address("EVP_PKEY_CTX_new_from_name", JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle CONTEXT_BY_KEY =
            address("EVP_PKEY_CTX_new_from_pkey", JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle FROM_DATA_INIT = result("EVP_PKEY_fromdata_init", JAVA_LONG);
    private static final MethodHandle FROM_DATA =
            result("EVP_PKEY_fromdata", JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG);
    private static final MethodHandle PUBLIC_KEY =
            address(
                    "EVP_PKEY_new_raw_public_key_ex",
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_LONG);
    private static final MethodHandle DERIVE_INIT = result("EVP_PKEY_derive_init", JAVA_LONG);
    private static final MethodHandle SET_PEER =
            result("EVP_PKEY_derive_set_peer", JAVA_LONG, JAVA_LONG);
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
     * A key pair of given halves, so that none is computed.
     *
     * @param algorithm its name
     * @param parameters an array of OSSL_PARAM
     * @param place where libcrypto puts the key
     */
    static void keyPair(long algorithm, long parameters, long place) {
        long context = 0;
        try {
            context = present((long) CONTEXT_BY_NAME.invokeExact(NULL, algorithm, NULL));
            LibCrypto.require((int) FROM_DATA_INIT.invokeExact(context));
            LibCrypto.require((int) FROM_DATA.invokeExact(context, place, KEY_PAIR, parameters));
        } catch (Throwable e) {
            throw NativeLibrary.failed(e);
        } finally {
            freeContext(context);
        }
    }

    static long publicKey(long algorithm, long key, long length) {
        try {
            return present((long) PUBLIC_KEY.invokeExact(NULL, algorithm, NULL, key, length));
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
            LibCrypto.require((int) SET_PEER.invokeExact(context, peers));
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
