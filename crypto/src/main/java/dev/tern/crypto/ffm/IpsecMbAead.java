package dev.tern.crypto.ffm;

import dev.tern.crypto.aead.Aead;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.Objects;

/** AES-GCM by Intel's multi-buffer library: one call per packet. */
final class IpsecMbAead implements Aead {
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

    private final long keyBlock;
    private final long context;
    private final long computedTag;
    private final Nonce nonce;
    private final PacketScratch scratch;
    private volatile boolean destroyed;

    IpsecMbAead(byte[] key, byte[] iv) {
        boolean aes256 = key.length == AES_256_KEY_BYTES;
        encryptor = IpsecMb.encryptor(aes256);
        decryptor = IpsecMb.decryptor(aes256);
        memory = BLOCKS.take();
        keyBlock = memory.address();
        context = keyBlock + KEY_BLOCK_BYTES;
        computedTag = keyBlock + TAG_OFFSET;
        nonce = new Nonce(memory.asSlice(NONCE_OFFSET, NONCE_BYTES), iv);
        scratch = new PacketScratch(memory.asSlice(SCRATCH_OFFSET, PacketScratch.USUAL_BYTES));
        // The context is not in use yet, and long enough for a key.
        MemorySegment keyCopy = memory.asSlice(KEY_BLOCK_BYTES, CONTEXT_BYTES);
        MemorySegment.copy(key, 0, keyCopy, ValueLayout.JAVA_BYTE, 0, key.length);
        IpsecMb.expandKey(aes256, keyCopy, memory);
        keyCopy.fill((byte) 0);
    }

    @Override
    public void seal(
            int pathId,
            long packetNumber,
            byte[] buffer,
            int headerOffset,
            int headerLength,
            int payloadLength) {
        checkAlive();
        int payloadOffset = headerOffset + headerLength;
        Objects.checkFromIndexSize(payloadOffset, payloadLength + TAG_BYTES, buffer.length);
        long payload = scratch.load(buffer, headerOffset, headerLength, payloadLength, TAG_BYTES);
        seal(nonce.of(pathId, packetNumber), payload, headerLength, payloadLength);
        checkAlive();
        scratch.store(buffer, payloadOffset, payloadLength + TAG_BYTES);
    }

    @Override
    public void sealTo(
            int pathId,
            long packetNumber,
            byte[] buffer,
            int headerOffset,
            int headerLength,
            int payloadLength,
            MemorySegment to,
            long toOffset) {
        checkAlive();
        long payload =
                PacketScratch.copy(buffer, headerOffset, headerLength, payloadLength, to, toOffset);
        try {
            seal(nonce.of(pathId, packetNumber), payload, headerLength, payloadLength);
        } finally {
            Reference.reachabilityFence(to);
        }
        checkAlive();
    }

    /** The header ends where the payload begins. */
    private void seal(long nonceAddress, long payload, int headerLength, int payloadLength) {
        try {
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
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public int open(
            int pathId,
            long packetNumber,
            byte[] buffer,
            int headerOffset,
            int headerLength,
            int sealedLength) {
        checkAlive();
        int payloadLength = sealedLength - TAG_BYTES;
        if (payloadLength < 0) {
            return -1;
        }
        long payload = scratch.load(buffer, headerOffset, headerLength, sealedLength, 0);
        try {
            IpsecMb.gcm(
                    decryptor,
                    keyBlock,
                    context,
                    payload,
                    payloadLength,
                    nonce.of(pathId, packetNumber),
                    payload - headerLength,
                    headerLength,
                    computedTag,
                    TAG_BYTES);
        } finally {
            Reference.reachabilityFence(this);
        }
        if (!isComputed(payloadLength)) {
            return -1;
        }
        scratch.store(buffer, headerOffset + headerLength, payloadLength);
        return payloadLength;
    }

    /** Whether the tag behind the payload is the one computed; in constant time. */
    private boolean isComputed(int payloadLength) {
        long first = scratch.word(payloadLength) ^ memory.get(WORD, TAG_OFFSET);
        long second =
                scratch.word(payloadLength + Long.BYTES)
                        ^ memory.get(WORD, TAG_OFFSET + Long.BYTES);
        return (first | second) == 0;
    }

    /**
     * Before a call and after sealing: another thread that destroys the key meanwhile breaks its
     * promise, but a packet sealed with a wiped key must not leave.
     */
    private void checkAlive() {
        if (destroyed) {
            throw new IllegalStateException("this key has been destroyed");
        }
    }

    /** Wipes the key; its memory will be another cipher's. */
    @Override
    public synchronized void destroy() {
        if (!destroyed) {
            destroyed = true;
            nonce.destroy();
            scratch.destroy();
            BLOCKS.give(memory);
        }
    }
}
