package dev.tern.quic.wire;

import java.util.Arrays;
import java.util.Random;

/** Spoils a valid encoding as an attacker or a broken stack would: a few small changes at once. */
public final class Mutation {
    private static final int MAX_CHANGES = 4;
    private static final int MAX_PIECE = 12;

    private Mutation() {}

    /** The bytes with one to four random changes; may be empty. */
    public static byte[] of(byte[] valid, Random random) {
        byte[] bytes = valid.clone();
        for (int i = 1 + random.nextInt(MAX_CHANGES); i > 0; i--) {
            bytes = change(bytes, random);
        }
        return bytes;
    }

    private static byte[] change(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length + 1);
        int pieceLength = random.nextInt(Math.min(MAX_PIECE, bytes.length - at) + 1);
        byte[] piece = Arrays.copyOfRange(bytes, at, at + pieceLength);
        return switch (random.nextInt(6)) {
            case 0 -> flip(bytes, random);
            case 1 -> Arrays.copyOf(bytes, at);
            case 2 -> join(bytes, at, new byte[0], at + pieceLength);
            case 3 -> join(bytes, at, piece, at);
            case 4 -> {
                random.nextBytes(piece);
                yield join(bytes, at, piece, at);
            }
            // The ends of a variable-length integer's ranges are where limits go wrong.
            default ->
                    join(bytes, at, new byte[] {(byte) (random.nextBoolean() ? 0xff : 0x40)}, at);
        };
    }

    private static byte[] flip(byte[] bytes, Random random) {
        byte[] flipped = bytes.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    /** What is before {@code from}, then {@code middle}, then what is from {@code to} on. */
    private static byte[] join(byte[] bytes, int from, byte[] middle, int to) {
        byte[] joined = Arrays.copyOf(bytes, from + middle.length + bytes.length - to);
        System.arraycopy(middle, 0, joined, from, middle.length);
        System.arraycopy(bytes, to, joined, from + middle.length, bytes.length - to);
        return joined;
    }
}
