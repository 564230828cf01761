package dev.tern.crypto.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The functions of libcrypto 3 for a key on P-256 and its signatures: those from before EVP, which
 * has to make and look up so much for a key that it takes as long as the signature. None is
 * critical, for all but the first compute for tens of microseconds.
 *
 * <p>Addresses go as numbers. What they point to is the caller's to keep.
 */
final class EcKey {
    /** NID_X9_62_prime256v1. */
    private static final int P256 = 415;

    /** Ignored for ECDSA. */
    private static final int TYPE = 0;

    private static final long NULL = 0;

    private static final MethodHandle NEW =
            LibCrypto.function(
                    "EC_KEY_new_by_curve_name", FunctionDescriptor.of(ADDRESS, JAVA_INT));
    private static final MethodHandle FREE =
            LibCrypto.function("EC_KEY_free", FunctionDescriptor.ofVoid(ADDRESS));
    private static final MethodHandle SET_PUBLIC =
            result("EC_KEY_oct2key", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SET_PRIVATE =
            result("EC_KEY_oct2priv", JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle CHECK = result("EC_KEY_check_key", JAVA_LONG);
    private static final MethodHandle SIGN =
            result("ECDSA_sign", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle VERIFY =
            result("ECDSA_verify", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG);
    private static final MethodHandle FORGET_ERRORS =
            LibCrypto.function("ERR_clear_error", FunctionDescriptor.ofVoid());

    private EcKey() {}

    private static MethodHandle result(String function, MemoryLayout... arguments) {
        return LibCrypto.function(function, FunctionDescriptor.of(JAVA_INT, arguments));
    }

    /** A key without a value, to be freed by {@link #free}. */
    static MemorySegment allocate() {
        try {
            MemorySegment key = (MemorySegment) NEW.invokeExact(P256);
            if (key.address() == NULL) {
                throw new IllegalStateException("libcrypto has no P-256 or no memory");
            }
            return key;
        } catch (Throwable e) {
            throw NativeLibrary.failed(e);
        }
    }

    /** Cleanses it, too. */
    static void free(MemorySegment key) {
        try {
            FREE.invokeExact(key);
        } catch (Throwable e) {
            throw NativeLibrary.failed(e);
        }
    }

    /** Whether the bytes are a point on the curve; if so, it is the key's from now on. */
    static boolean setPublic(long key, long bytes, long length) {
        try {
            return is((int) SET_PUBLIC.invokeExact(key, bytes, length, NULL));
        } catch (Throwable e) {
            throw NativeLibrary.failed(e);
        }
    }

    /** Sets the private half too; false if the halves do not belong together. */
    static boolean setPrivate(long key, long bytes, long length) {
        try {
            return is((int) SET_PRIVATE.invokeExact(key, bytes, length))
                    && is((int) CHECK.invokeExact(key));
        } catch (Throwable e) {
            throw NativeLibrary.failed(e);
        }
    }

    /**
     * Signs a hash.
     *
     * @param signatureLength where libcrypto puts the length, an int
     */
    static void sign(long key, long hash, int hashLength, long signature, long signatureLength) {
        try {
            LibCrypto.require(
                    (int)
                            SIGN.invokeExact(
                                    TYPE, hash, hashLength, signature, signatureLength, key));
        } catch (Throwable e) {
            throw NativeLibrary.failed(e);
        }
    }

    static boolean verify(
            long key, long hash, int hashLength, long signature, int signatureLength) {
        try {
            return is(
                    (int)
                            VERIFY.invokeExact(
                                    TYPE, hash, hashLength, signature, signatureLength, key));
        } catch (Throwable e) {
            throw NativeLibrary.failed(e);
        }
    }

    /** What a peer's bytes bring about must not be left to the next who asks for errors. */
    private static boolean is(int result) throws Throwable {
        if (result > 0) {
            return true;
        }
        FORGET_ERRORS.invokeExact();
        return false;
    }
}
