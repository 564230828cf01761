package dev.tern.crypto.ffm;

import dev.tern.crypto.HashFunction;
import dev.tern.crypto.ecdsa.EcdsaP256;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;

/** ECDSA by OpenSSL's libcrypto. */
public final class OpenSslEcdsaP256 implements EcdsaP256 {
    /** Of r and s, each with a zero before it, in DER. */
    private static final int MAX_SIGNATURE_BYTES = 72;

    private static final int HASH_BYTES = HashFunction.SHA256.bytes();
    private static final long HASH_OFFSET = 0;
    private static final long POINT_OFFSET = HASH_OFFSET + HASH_BYTES;
    private static final long LENGTH_OFFSET = POINT_OFFSET + POINT_BYTES + 3;
    private static final long SIGNATURE_OFFSET = LENGTH_OFFSET + Integer.BYTES;
    private static final long MEMORY_BYTES = SIGNATURE_OFFSET + MAX_SIGNATURE_BYTES;

    /** For peers' public keys. */
    private final Spares keys = new Spares(EcKey::allocate, EcKey::free);

    @Override
    public String description() {
        return LibCrypto.version();
    }

    @Override
    public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        if (publicKey.length != POINT_BYTES || signature.length > MAX_SIGNATURE_BYTES) {
            return false;
        }
        MemorySegment key = keys.take();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(MEMORY_BYTES, Long.BYTES);
            long base = memory.address();
            copy(HashFunction.SHA256.digest(message), memory, HASH_OFFSET);
            copy(publicKey, memory, POINT_OFFSET);
            copy(signature, memory, SIGNATURE_OFFSET);
            return EcKey.setPublic(key.address(), base + POINT_OFFSET, POINT_BYTES)
                    && EcKey.verify(
                            key.address(),
                            base + HASH_OFFSET,
                            HASH_BYTES,
                            base + SIGNATURE_OFFSET,
                            signature.length);
        } finally {
            keys.give(key);
        }
    }

    @Override
    @SuppressWarnings("restricted")
    public Signer signer(byte[] privateKey, byte[] publicKey) {
        MemorySegment key = EcKey.allocate().reinterpret(Arena.ofAuto(), EcKey::free);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(SCALAR_BYTES + POINT_BYTES);
            long base = memory.address();
            try {
                copy(privateKey, memory, 0);
                copy(publicKey, memory, SCALAR_BYTES);
                if (!EcKey.setPublic(key.address(), base + SCALAR_BYTES, publicKey.length)
                        || !EcKey.setPrivate(key.address(), base, privateKey.length)) {
                    throw new IllegalArgumentException("not a pair of keys on P-256");
                }
            } finally {
                memory.fill((byte) 0);
                Reference.reachabilityFence(key);
            }
        }
        return message -> sign(key, message);
    }

    private static byte[] sign(MemorySegment key, byte[] message) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(MEMORY_BYTES, Long.BYTES);
            long base = memory.address();
            copy(HashFunction.SHA256.digest(message), memory, HASH_OFFSET);
            EcKey.sign(
                    key.address(),
                    base + HASH_OFFSET,
                    HASH_BYTES,
                    base + SIGNATURE_OFFSET,
                    base + LENGTH_OFFSET);
            int length = memory.get(ValueLayout.JAVA_INT, LENGTH_OFFSET);
            return memory.asSlice(SIGNATURE_OFFSET, length).toArray(ValueLayout.JAVA_BYTE);
        } finally {
            Reference.reachabilityFence(key);
        }
    }

    private static void copy(byte[] bytes, MemorySegment memory, long offset) {
        MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, offset, bytes.length);
    }
}
