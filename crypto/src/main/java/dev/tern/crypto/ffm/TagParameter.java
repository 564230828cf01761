package dev.tern.crypto.ffm;

import dev.tern.crypto.aead.Aead;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Tells libcrypto where a tag is: an OSSL_PARAM with its terminator, made once. The older way,
 * EVP_CIPHER_CTX_ctrl, makes one in each call.
 */
final class TagParameter {
    /** struct ossl_param_st: key, data type, data, its size, and the size returned. */
    private static final long KEY_OFFSET = 0;

    private static final long TYPE_OFFSET = 8;
    private static final long DATA_OFFSET = 16;
    private static final long SIZE_OFFSET = 24;
    private static final long PARAMETER_BYTES = 40;

    /** OSSL_PARAM_OCTET_STRING. */
    private static final int OCTET_STRING = 5;

    private final MemorySegment parameters;
    private final long address;

    TagParameter(Arena arena) {
        parameters = arena.allocate(2 * PARAMETER_BYTES, Long.BYTES);
        parameters.set(ValueLayout.ADDRESS, KEY_OFFSET, arena.allocateFrom("tag"));
        parameters.set(ValueLayout.JAVA_INT, TYPE_OFFSET, OCTET_STRING);
        parameters.set(ValueLayout.JAVA_LONG, SIZE_OFFSET, Aead.TAG_BYTES);
        address = parameters.address();
    }

    /** The parameter's address, now that it names the tag at an address. */
    long at(long tag) {
        parameters.set(ValueLayout.JAVA_LONG, DATA_OFFSET, tag);
        return address;
    }
}
