package dev.tern.crypto.ffm;

import dev.tern.crypto.x25519.X25519;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** X25519 by OpenSSL's libcrypto. Nothing native lives longer than a call. */
public final class OpenSslX25519 implements X25519 {
    private static final Arena ARENA = Arena.global();
    private static final long ALGORITHM = ARENA.allocateFrom("X25519").address();
    private static final MemorySegment PRIVATE = ARENA.allocateFrom("priv");
    private static final MemorySegment PUBLIC = ARENA.allocateFrom("pub");

    private static final long PRIVATE_KEY_OFFSET = 0;
    private static final long PUBLIC_KEY_OFFSET = PRIVATE_KEY_OFFSET + BYTES;
    private static final long PEERS_KEY_OFFSET = PUBLIC_KEY_OFFSET + BYTES;
    private static final long SECRET_OFFSET = PEERS_KEY_OFFSET + BYTES;
    private static final long SECRET_LENGTH_OFFSET = SECRET_OFFSET + BYTES;
    private static final long KEY_PAIR_OFFSET = SECRET_LENGTH_OFFSET + Long.BYTES;
    private static final long PARAMETERS_OFFSET = KEY_PAIR_OFFSET + Long.BYTES;

    /** Two, and the zeros that end them. */
    private static final long MEMORY_BYTES = PARAMETERS_OFFSET + 3 * OctetParameter.BYTES;

    @Override
    public String description() {
        return LibCrypto.version();
    }

    @Override
    public boolean agree(byte[] privateKey, byte[] publicKey, byte[] peersKey, byte[] secret) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(MEMORY_BYTES, Long.BYTES);
            copy(privateKey, memory, PRIVATE_KEY_OFFSET);
            copy(publicKey, memory, PUBLIC_KEY_OFFSET);
            copy(peersKey, memory, PEERS_KEY_OFFSET);
            try {
                boolean usable = agree(memory);
                MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, SECRET_OFFSET, secret, 0, BYTES);
                return usable;
            } finally {
                memory.fill((byte) 0);
            }
        }
    }

    private static void copy(byte[] key, MemorySegment memory, long offset) {
        MemorySegment.copy(key, 0, memory, ValueLayout.JAVA_BYTE, offset, BYTES);
    }

    private static boolean agree(MemorySegment memory) {
        long base = memory.address();
        OctetParameter.write(memory, PARAMETERS_OFFSET, PRIVATE, base + PRIVATE_KEY_OFFSET, BYTES);
        OctetParameter.write(
                memory,
                PARAMETERS_OFFSET + OctetParameter.BYTES,
                PUBLIC,
                base + PUBLIC_KEY_OFFSET,
                BYTES);
        memory.set(ValueLayout.JAVA_LONG, SECRET_LENGTH_OFFSET, BYTES);
        long peers = 0;
        try {
            EvpKey.keyPair(ALGORITHM, base + PARAMETERS_OFFSET, base + KEY_PAIR_OFFSET);
            peers = EvpKey.publicKey(ALGORITHM, base + PEERS_KEY_OFFSET, BYTES);
            return EvpKey.derive(
                    memory.get(ValueLayout.JAVA_LONG, KEY_PAIR_OFFSET),
                    peers,
                    base + SECRET_OFFSET,
                    base + SECRET_LENGTH_OFFSET);
        } finally {
            EvpKey.freeKey(peers);
            EvpKey.freeKey(memory.get(ValueLayout.JAVA_LONG, KEY_PAIR_OFFSET));
        }
    }
}
