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
    private final MemorySegment parameters;
    private final long address;

    TagParameter(Arena arena) {
        parameters = arena.allocate(2 * OctetParameter.BYTES, Long.BYTES);
        OctetParameter.write(parameters, 0, arena.allocateFrom("tag"), 0, Aead.TAG_BYTES);
        address = parameters.address();
    }

    /** The parameter's address, now that it names the tag at an address. */
    long at(long tag) {
        parameters.set(ValueLayout.JAVA_LONG, OctetParameter.DATA_OFFSET, tag);
        return address;
    }
}
