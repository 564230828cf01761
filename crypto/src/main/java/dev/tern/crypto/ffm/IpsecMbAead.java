package dev.tern.crypto.ffm;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** AES-GCM by Intel's multi-buffer library: one call per packet. */
final class IpsecMbAead extends NativeAead {
    private static final int AES_256_KEY_BYTES = 32;
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;

    /** More than any version's key block (1264) and context (88), and aligned as they must be. */
    private static final long KEY_BLOCK_BYTES = 2048;

    private static final long CONTEXT_BYTES = 256;
    private static final long NONCE_OFFSET = KEY_BLOCK_BYTES + CONTEXT_BYTES;
    private static final long TAG_OFFSET = NONCE_OFFSET + 16;

    /** At a multiple of 64, as the library's vectors like it. */
    private static final long SCRATCH_OFFSET = TAG_OFFSET + TAG_BYTES + 32;

    private static final NativeBlocks BLOCKS =
            new NativeBlocks(SCRATCH_OFFSET + PacketScratch.USUAL_BYTES);

    private final MemorySegment encryptor;
    private final MemorySegment decryptor;

    /** Lasts as long as this object holds it. */
    private final MemorySegment memory;

    private final PacketScratch scratch;
    private final long keyBlock;
    private final long context;
    private final long computedTag;

    IpsecMbAead(byte[] key, byte[] iv) {
        this(BLOCKS.take(), key, iv);
    }

    private IpsecMbAead(MemorySegment memory, byte[] key, byte[] iv) {
        this(
                memory,
                new PacketScratch(memory.asSlice(SCRATCH_OFFSET, PacketScratch.USUAL_BYTES)),
                key,
                iv);
    }

    private IpsecMbAead(MemorySegment memory, PacketScratch scratch, byte[] key, byte[] iv) {
        super(new Nonce(memory.asSlice(NONCE_OFFSET, NONCE_BYTES), iv), scratch);
        this.memory = memory;
        this.scratch = scratch;
        boolean aes256 = key.length == AES_256_KEY_BYTES;
        encryptor = IpsecMb.encryptor(aes256);
        decryptor = IpsecMb.decryptor(aes256);
        keyBlock = memory.address();
        context = keyBlock + KEY_BLOCK_BYTES;
        computedTag = keyBlock + TAG_OFFSET;
        // The context is not in use yet, and long enough for a key.
        MemorySegment keyCopy = memory.asSlice(KEY_BLOCK_BYTES, CONTEXT_BYTES);
        MemorySegment.copy(key, 0, keyCopy, ValueLayout.JAVA_BYTE, 0, key.length);
        IpsecMb.expandKey(aes256, keyCopy, memory);
        keyCopy.fill((byte) 0);
    }

    @Override
    void encrypt(long nonceAddress, long payload, int headerLength, int payloadLength) {
        IpsecMb.gcm(
                encryptor,
                keyBlock,
                context,
                payload,
                payloadLength,
                nonceAddress,
                payload - headerLength,
                headerLength,
                payload + payloadLength,
                TAG_BYTES);
    }

    @Override
    boolean decrypt(long nonceAddress, long payload, int headerLength, int payloadLength) {
        IpsecMb.gcm(
                decryptor,
                keyBlock,
                context,
                payload,
                payloadLength,
                nonceAddress,
                payload - headerLength,
                headerLength,
                computedTag,
                TAG_BYTES);
        return isComputed(payloadLength);
    }

    /** Whether the tag behind the payload is the one computed; in constant time. */
    private boolean isComputed(int payloadLength) {
        long first = scratch.word(payloadLength) ^ memory.get(WORD, TAG_OFFSET);
        long second =
                scratch.word(payloadLength + Long.BYTES)
                        ^ memory.get(WORD, TAG_OFFSET + Long.BYTES);
        return (first | second) == 0;
    }

    /** The memory will be another cipher's. */
    @Override
    void wipe() {
        BLOCKS.give(memory);
    }
}
