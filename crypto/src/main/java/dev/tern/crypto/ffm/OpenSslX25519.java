package dev.tern.crypto.ffm;

import dev.tern.crypto.x25519.X25519;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** X25519 by OpenSSL's libcrypto. No key lives longer than a call. */
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
    private static final long OWN_KEY_OFFSET = SECRET_LENGTH_OFFSET + Long.BYTES;
    private static final long PEERS_HANDLE_OFFSET = OWN_KEY_OFFSET + Long.BYTES;

    /** Parameters: one of the peer's key, two of ours, and after each the zeros that end them. */
    private static final long PEERS_OFFSET = PEERS_HANDLE_OFFSET + Long.BYTES;

    private static final long OWN_OFFSET = PEERS_OFFSET + 2 * OctetParameter.BYTES;
    private static final long MEMORY_BYTES = OWN_OFFSET + 3 * OctetParameter.BYTES;

    private final Spares makers = new Spares(() -> EvpKey.maker(ALGORITHM), EvpKey::freeMaker);

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

    private boolean agree(MemorySegment memory) {
        long base = memory.address();
        OctetParameter.write(memory, PEERS_OFFSET, PUBLIC, base + PEERS_KEY_OFFSET, BYTES);
        OctetParameter.write(memory, OWN_OFFSET, PUBLIC, base + PUBLIC_KEY_OFFSET, BYTES);
        OctetParameter.write(
                memory,
                OWN_OFFSET + OctetParameter.BYTES,
                PRIVATE,
                base + PRIVATE_KEY_OFFSET,
                BYTES);
        memory.set(ValueLayout.JAVA_LONG, SECRET_LENGTH_OFFSET, BYTES);
        MemorySegment maker = makers.take();
        try {
            EvpKey.make(maker.address(), EvpKey.KEY_PAIR, base + OWN_OFFSET, base + OWN_KEY_OFFSET);
            EvpKey.make(
                    maker.address(),
                    EvpKey.PUBLIC_KEY,
                    base + PEERS_OFFSET,
                    base + PEERS_HANDLE_OFFSET);
            return EvpKey.derive(
                    memory.get(ValueLayout.JAVA_LONG, OWN_KEY_OFFSET),
                    memory.get(ValueLayout.JAVA_LONG, PEERS_HANDLE_OFFSET),
                    base + SECRET_OFFSET,
                    base + SECRET_LENGTH_OFFSET);
        } finally {
            makers.give(maker);
            EvpKey.freeKey(memory.get(ValueLayout.JAVA_LONG, PEERS_HANDLE_OFFSET));
            EvpKey.freeKey(memory.get(ValueLayout.JAVA_LONG, OWN_KEY_OFFSET));
        }
    }
}
