package dev.tern.crypto.ffm;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** An OSSL_PARAM that tells libcrypto where some bytes are; zeros end an array of them. */
final class OctetParameter {
    /** struct ossl_param_st: key, data type, data, its size, and the size returned. */
    static final long BYTES = 40;

    static final long DATA_OFFSET = 16;

    private static final long KEY_OFFSET = 0;
    private static final long TYPE_OFFSET = 8;
    private static final long SIZE_OFFSET = 24;

    /** OSSL_PARAM_OCTET_STRING. */
    private static final int OCTET_STRING = 5;

    private OctetParameter() {}

    /** Writes one into zeroed memory. */
    static void write(MemorySegment memory, long offset, MemorySegment name, long data, long size) {
        memory.set(ValueLayout.ADDRESS, offset + KEY_OFFSET, name);
        memory.set(ValueLayout.JAVA_INT, offset + TYPE_OFFSET, OCTET_STRING);
        memory.set(ValueLayout.JAVA_LONG, offset + DATA_OFFSET, data);
        memory.set(ValueLayout.JAVA_LONG, offset + SIZE_OFFSET, size);
    }
}
