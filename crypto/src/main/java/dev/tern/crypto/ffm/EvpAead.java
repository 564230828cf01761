package dev.tern.crypto.ffm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;

/** An AEAD by libcrypto, in a context that has its key set once. */
final class EvpAead extends NativeAead {
    private static final long NONCE_OFFSET = 0;
    private static final long OUT_LENGTH_OFFSET = 16;

    /** For the key while it is set, and for what finishing might write. */
    private static final long SPARE_OFFSET = 32;

    private static final long MEMORY_BYTES = 64;

    /** Holds the arena, and so the context, for as long as this object lives. */
    private final MemorySegment memory;

    private final long context;
    private final long outLength;
    private final long spare;
    private final TagParameter tag;

    EvpAead(MemorySegment cipher, byte[] key, byte[] iv) {
        this(Arena.ofAuto(), cipher, key, iv);
    }

    private EvpAead(Arena arena, MemorySegment cipher, byte[] key, byte[] iv) {
        this(arena, arena.allocate(MEMORY_BYTES, Long.BYTES), cipher, key, iv);
    }

    private EvpAead(
            Arena arena, MemorySegment memory, MemorySegment cipher, byte[] key, byte[] iv) {
        super(new Nonce(memory.asSlice(NONCE_OFFSET, NONCE_BYTES), iv), new PacketScratch(arena));
        this.memory = memory;
        outLength = memory.address() + OUT_LENGTH_OFFSET;
        spare = memory.address() + SPARE_OFFSET;
        tag = new TagParameter(arena);
        context = Evp.newContext(arena).address();
        MemorySegment.copy(key, 0, memory, ValueLayout.JAVA_BYTE, SPARE_OFFSET, key.length);
        Evp.setCipher(context, cipher, spare);
        memory.asSlice(SPARE_OFFSET).fill((byte) 0);
    }

    @Override
    void encrypt(long nonceAddress, long payload, int headerLength, int payloadLength) {
        Evp.begin(context, nonceAddress, Evp.ENCRYPT);
        Evp.addHeader(context, payload - headerLength, headerLength, outLength);
        Evp.update(context, payload, outLength, payload, payloadLength);
        Evp.finish(context, spare, outLength);
        Evp.getTag(context, tag.at(payload + payloadLength));
    }

    @Override
    boolean decrypt(long nonceAddress, long payload, int headerLength, int payloadLength) {
        Evp.begin(context, nonceAddress, Evp.DECRYPT);
        Evp.setTag(context, tag.at(payload + payloadLength));
        Evp.addHeader(context, payload - headerLength, headerLength, outLength);
        Evp.update(context, payload, outLength, payload, payloadLength);
        return Evp.finish(context, spare, outLength);
    }

    /** Overwrites the key in its place; the context itself lasts as long as this object. */
    @Override
    void wipe() {
        try {
            Evp.setKey(context, spare); // of zeros
        } finally {
            Reference.reachabilityFence(memory);
        }
    }
}
