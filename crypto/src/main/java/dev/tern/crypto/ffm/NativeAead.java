package dev.tern.crypto.ffm;

import dev.tern.crypto.aead.Aead;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.Objects;

/** An AEAD by a native library: takes packets to native memory, and what becomes of them back. */
abstract class NativeAead implements Aead {
    private final Nonce nonce;
    private final PacketScratch scratch;
    private volatile boolean destroyed;

    NativeAead(Nonce nonce, PacketScratch scratch) {
        this.nonce = nonce;
        this.scratch = scratch;
    }

    /**
     * Encrypts in place, and writes the tag behind the payload.
     *
     * @param payload its address: the header ends there
     */
    abstract void encrypt(long nonceAddress, long payload, int headerLength, int payloadLength);

    /**
     * Decrypts in place.
     *
     * @param payload its address: the header ends there, and the tag follows
     * @return whether it authenticates
     */
    abstract boolean decrypt(long nonceAddress, long payload, int headerLength, int payloadLength);

    /** Wipes the key. */
    abstract void wipe();

    @Override
    public final void seal(
            int pathId,
            long packetNumber,
            byte[] buffer,
            int headerOffset,
            int headerLength,
            int payloadLength) {
        int payloadOffset = headerOffset + headerLength;
        Objects.checkFromIndexSize(payloadOffset, payloadLength + TAG_BYTES, buffer.length);
        long payload = scratch.load(buffer, headerOffset, headerLength, payloadLength, TAG_BYTES);
        sealAt(pathId, packetNumber, payload, headerLength, payloadLength);
        scratch.store(buffer, payloadOffset, payloadLength + TAG_BYTES);
    }

    @Override
    public final void sealTo(
            int pathId,
            long packetNumber,
            byte[] buffer,
            int headerOffset,
            int headerLength,
            int payloadLength,
            MemorySegment to,
            long toOffset) {
        long payload =
                PacketScratch.copy(buffer, headerOffset, headerLength, payloadLength, to, toOffset);
        try {
            sealAt(pathId, packetNumber, payload, headerLength, payloadLength);
        } finally {
            Reference.reachabilityFence(to);
        }
    }

    private void sealAt(
            int pathId, long packetNumber, long payload, int headerLength, int payloadLength) {
        checkAlive();
        try {
            encrypt(nonce.of(pathId, packetNumber), payload, headerLength, payloadLength);
        } finally {
            Reference.reachabilityFence(this);
        }
        checkAlive();
    }

    @Override
    public final int open(
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
            if (!decrypt(nonce.of(pathId, packetNumber), payload, headerLength, payloadLength)) {
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

    @Override
    public final synchronized void destroy() {
        if (!destroyed) {
            destroyed = true;
            nonce.destroy();
            scratch.destroy();
            wipe();
        }
    }
}
