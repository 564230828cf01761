package dev.tern.crypto.ffm;

import dev.tern.crypto.aead.Aead;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.Objects;

/** An AEAD by libcrypto, in a context that has its key set once. */
final class EvpAead implements Aead {
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
    private final Nonce nonce;
    private final TagParameter tag;
    private final PacketScratch scratch;
    private volatile boolean destroyed;

    EvpAead(MemorySegment cipher, byte[] key, byte[] iv) {
        Arena arena = Arena.ofAuto();
        memory = arena.allocate(MEMORY_BYTES, Long.BYTES);
        nonce = new Nonce(memory.asSlice(NONCE_OFFSET, NONCE_BYTES), iv);
        outLength = memory.address() + OUT_LENGTH_OFFSET;
        spare = memory.address() + SPARE_OFFSET;
        tag = new TagParameter(arena);
        scratch = new PacketScratch(arena);
        context = Evp.newContext(arena).address();
        MemorySegment.copy(key, 0, memory, ValueLayout.JAVA_BYTE, SPARE_OFFSET, key.length);
        Evp.setCipher(context, cipher, spare);
        memory.asSlice(SPARE_OFFSET).fill((byte) 0);
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
            Evp.begin(context, nonceAddress, Evp.ENCRYPT);
            Evp.addHeader(context, payload - headerLength, headerLength, outLength);
            Evp.update(context, payload, outLength, payload, payloadLength);
            Evp.finish(context, spare, outLength);
            Evp.getTag(context, tag.at(payload + payloadLength));
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
            Evp.begin(context, nonce.of(pathId, packetNumber), Evp.DECRYPT);
            Evp.setTag(context, tag.at(payload + payloadLength));
            Evp.addHeader(context, payload - headerLength, headerLength, outLength);
            Evp.update(context, payload, outLength, payload, payloadLength);
            if (!Evp.finish(context, spare, outLength)) {
                return -1;
            }
        } finally {
            Reference.reachabilityFence(this);
        }
        scratch.store(buffer, headerOffset + headerLength, payloadLength);
        return payloadLength;
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

    /** Overwrites the key in its place; the context itself lasts as long as this object. */
    @Override
    public void destroy() {
        if (!destroyed) {
            destroyed = true;
            nonce.destroy();
            scratch.destroy();
            try {
                Evp.setKey(context, spare); // of zeros
            } finally {
                Reference.reachabilityFence(this);
            }
        }
    }
}
