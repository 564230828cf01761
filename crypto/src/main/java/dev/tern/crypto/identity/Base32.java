package dev.tern.crypto.identity;

/** Base32 in lower case without padding (RFC 4648 §6). */
public final class Base32 {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int BITS_PER_CHARACTER = 5;

    private Base32() {}

    static int encodedLength(int bytes) {
        return (bytes * Byte.SIZE + BITS_PER_CHARACTER - 1) / BITS_PER_CHARACTER;
    }

    public static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder(encodedLength(bytes.length));
        int bits = 0;
        int bitCount = 0;
        for (byte b : bytes) {
            bits = bits << Byte.SIZE | (b & 0xff);
            bitCount += Byte.SIZE;
            while (bitCount >= BITS_PER_CHARACTER) {
                bitCount -= BITS_PER_CHARACTER;
                text.append(ALPHABET.charAt((bits >>> bitCount) & 0x1f));
            }
        }
        if (bitCount > 0) {
            text.append(ALPHABET.charAt((bits << (BITS_PER_CHARACTER - bitCount)) & 0x1f));
        }
        return text.toString();
    }

    /** The bytes, or null if the text is not exactly what {@link #encode} makes of them. */
    public static byte[] decode(String text) {
        byte[] bytes = new byte[text.length() * BITS_PER_CHARACTER / Byte.SIZE];
        int bits = 0;
        int bitCount = 0;
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            int value = ALPHABET.indexOf(text.charAt(i));
            if (value < 0) {
                return null;
            }
            bits = bits << BITS_PER_CHARACTER | value;
            bitCount += BITS_PER_CHARACTER;
            if (bitCount >= Byte.SIZE) {
                bitCount -= Byte.SIZE;
                bytes[length++] = (byte) (bits >>> bitCount);
            }
        }
        // Left-over bits must be zero, or two texts would name the same bytes.
        boolean canonical = bitCount < BITS_PER_CHARACTER && (bits & (1 << bitCount) - 1) == 0;
        return canonical ? bytes : null;
    }
}
