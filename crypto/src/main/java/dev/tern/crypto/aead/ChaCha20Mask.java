package dev.tern.crypto.aead;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Masks by ChaCha20 (RFC 9001 §5.4.4): one block of RFC 8439 §2.3 per sample. Written out here
 * because the JDK's cipher allocates for each sample and refuses one that it has just seen, which
 * is any packet that arrives twice.
 */
final class ChaCha20Mask implements HeaderMask {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int ROUND_PAIRS = 10;

    /** "expand 32-byte k" (RFC 8439 §2.3). */
    private static final int[] CONSTANTS = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};

    private final int[] key = new int[8];
    private final int[] state = new int[16];
    private boolean destroyed;

    ChaCha20Mask(byte[] headerKey) {
        for (int i = 0; i < key.length; i++) {
            key[i] = (int) INT.get(headerKey, i * Integer.BYTES);
        }
    }

    @Override
    public void mask(byte[] samples, int offset, int count, byte[] masks) {
        if (destroyed) {
            throw new IllegalStateException("this key has been destroyed");
        }
        for (int i = 0; i < count; i++) {
            block(samples, offset + i * SAMPLE_BYTES);
            // The first eight bytes of the key stream, of which five are the mask.
            INT.set(masks, i * SAMPLE_BYTES, state[0] + CONSTANTS[0]);
            INT.set(masks, i * SAMPLE_BYTES + Integer.BYTES, state[1] + CONSTANTS[1]);
        }
    }

    /** The rounds; a sample is the block counter and the nonce. */
    private void block(byte[] samples, int offset) {
        System.arraycopy(CONSTANTS, 0, state, 0, CONSTANTS.length);
        System.arraycopy(key, 0, state, CONSTANTS.length, key.length);
        for (int i = 0; i < 4; i++) {
            state[12 + i] = (int) INT.get(samples, offset + i * Integer.BYTES);
        }
        for (int i = 0; i < ROUND_PAIRS; i++) {
            quarterRound(0, 4, 8, 12);
            quarterRound(1, 5, 9, 13);
            quarterRound(2, 6, 10, 14);
            quarterRound(3, 7, 11, 15);
            quarterRound(0, 5, 10, 15);
            quarterRound(1, 6, 11, 12);
            quarterRound(2, 7, 8, 13);
            quarterRound(3, 4, 9, 14);
        }
    }

    private void quarterRound(int a, int b, int c, int d) {
        state[a] += state[b];
        state[d] = Integer.rotateLeft(state[d] ^ state[a], 16);
        state[c] += state[d];
        state[b] = Integer.rotateLeft(state[b] ^ state[c], 12);
        state[a] += state[b];
        state[d] = Integer.rotateLeft(state[d] ^ state[a], 8);
        state[c] += state[d];
        state[b] = Integer.rotateLeft(state[b] ^ state[c], 7);
    }

    @Override
    public void destroy() {
        destroyed = true;
        Arrays.fill(key, 0);
        Arrays.fill(state, 0);
    }
}
