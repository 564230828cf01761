package dev.tern.crypto.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.tern.crypto.aead.UnavailableException;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The AES-GCM functions of Intel's multi-buffer library (libIPSec_MB 1.x). The library's manager
 * looks at the CPU's flags and fills in pointers to the code that this CPU can run; they are taken
 * from there and never guessed, for one wrong instruction would end the process.
 */
final class IpsecMb {
    /** The first with this manager, and the end of those that share its layout. */
    private static final int OLDEST_VERSION = 0x010100;

    private static final int VERSIONS_END = 0x020000;

    /** struct IMB_MGR: features (64 bits), architecture and error (32), then function pointers. */
    private static final long FEATURES_OFFSET = 8;

    private static final long ARCHITECTURE_OFFSET = 56;
    private static final long ERROR_OFFSET = 60;
    private static final long POINTERS_OFFSET = 64;
    private static final int GCM128_ENC = 24;
    private static final int GCM256_ENC = 26;
    private static final int GCM128_DEC = 27;
    private static final int GCM256_DEC = 29;
    private static final int GCM128_PRE = 48;
    private static final int GCM256_PRE = 50;
    private static final int POINTERS = 51;

    /** IMB_ARCH_SSE: lesser ones emulate AES in software. */
    private static final int SLOWEST_ARCHITECTURE = 2;

    private static final long AESNI = 1 << 1;
    private static final long PCLMULQDQ = 1 << 2;
    private static final long AESNI_EMULATED = 1 << 19;
    private static final long SELF_TEST = 1 << 20;
    private static final long SELF_TEST_PASSED = 1 << 21;

    private static final NativeLibrary LIBRARY =
            new NativeLibrary("libIPSec_MB.so.1", "libipsec-mb1");
    private static final int VERSION = readVersion();

    private static final FunctionDescriptor TWO_ADDRESSES =
            FunctionDescriptor.ofVoid(ADDRESS, ADDRESS);
    private static final MemorySegment MANAGER = readManager();

    /**
     * One handle for all four functions. Addresses go as numbers, which need no checks and never
     * allocate.
     */
    private static final MethodHandle GCM =
            NativeLibrary.function(
                    FunctionDescriptor.ofVoid(
                            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                    Linker.Option.critical(false));

    private static final MethodHandle EXPAND = NativeLibrary.function(TWO_ADDRESSES);

    private IpsecMb() {}

    private static int readVersion() {
        MethodHandle function =
                LIBRARY.function("imb_get_version", FunctionDescriptor.of(JAVA_INT));
        int version;
        try {
            version = (int) function.invokeExact();
        } catch (Throwable e) {
            throw NativeLibrary.failed(e);
        }
        if (version < OLDEST_VERSION || version >= VERSIONS_END) {
            throw new UnavailableException(
                    "libIPSec_MB has version " + text(version) + ", and 1.1 to 1.x is needed");
        }
        return version;
    }

    private static String text(int version) {
        return (version >>> 16) + "." + (version >>> 8 & 0xff) + "." + (version & 0xff);
    }

    static String version() {
        return text(VERSION);
    }

    @SuppressWarnings("restricted")
    private static MemorySegment readManager() {
        MethodHandle allocate =
                LIBRARY.function("alloc_mb_mgr", FunctionDescriptor.of(ADDRESS, JAVA_LONG));
        MethodHandle initialize = LIBRARY.function("init_mb_mgr_auto", TWO_ADDRESSES);
        MemorySegment manager;
        try {
            manager = (MemorySegment) allocate.invokeExact(0L);
            if (manager.address() == 0) {
                throw new UnavailableException("libIPSec_MB has no memory for a manager");
            }
            manager = manager.reinterpret(POINTERS_OFFSET + POINTERS * ADDRESS.byteSize());
            initialize.invokeExact(manager, MemorySegment.NULL);
        } catch (Throwable e) {
            throw NativeLibrary.failed(e);
        }
        checkUsable(manager);
        return manager;
    }

    private static void checkUsable(MemorySegment manager) {
        long features = manager.get(JAVA_LONG, FEATURES_OFFSET);
        int error = manager.get(JAVA_INT, ERROR_OFFSET);
        boolean aes =
                has(features, AESNI | PCLMULQDQ)
                        && !has(features, AESNI_EMULATED)
                        && manager.get(JAVA_INT, ARCHITECTURE_OFFSET) >= SLOWEST_ARCHITECTURE;
        if (!aes) {
            throw new UnavailableException("this CPU has no AES instructions");
        }
        if (error != 0 || has(features, SELF_TEST) && !has(features, SELF_TEST_PASSED)) {
            throw new UnavailableException("libIPSec_MB does not start: error " + error);
        }
    }

    private static boolean has(long features, long wanted) {
        return (features & wanted) == wanted;
    }

    private static MemorySegment pointer(int index) {
        MemorySegment pointer = MANAGER.get(ADDRESS, POINTERS_OFFSET + index * ADDRESS.byteSize());
        if (pointer.address() == 0) {
            throw new UnavailableException("libIPSec_MB has no AES-GCM for this CPU");
        }
        return pointer;
    }

    static MemorySegment encryptor(boolean aes256) {
        return pointer(aes256 ? GCM256_ENC : GCM128_ENC);
    }

    /** It verifies nothing: its tag is the one that the text should have had. */
    static MemorySegment decryptor(boolean aes256) {
        return pointer(aes256 ? GCM256_DEC : GCM128_DEC);
    }

    /** Fills in the key block. */
    static void expandKey(boolean aes256, MemorySegment key, MemorySegment keyBlock) {
        try {
            EXPAND.invokeExact(pointer(aes256 ? GCM256_PRE : GCM128_PRE), key, keyBlock);
        } catch (Throwable e) {
            throw NativeLibrary.failed(e);
        }
    }

    /**
     * Encrypts or decrypts in place. All but the function and the lengths are addresses of native
     * memory, which the caller keeps.
     *
     * @param function {@link #encryptor} or {@link #decryptor}
     * @param tag takes the tag
     */
    static void gcm(
            MemorySegment function,
            long keyBlock,
            long context,
            long text,
            long textLength,
            long nonce,
            long aad,
            long aadLength,
            long tag,
            long tagLength) {
        try {
            GCM.invokeExact(
                    function,
                    keyBlock,
                    context,
                    text,
                    text,
                    textLength,
                    nonce,
                    aad,
                    aadLength,
                    tag,
                    tagLength);
        } catch (Throwable e) {
            throw NativeLibrary.failed(e);
        }
    }
}
