package dev.tern.crypto.aead;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The self-test of a provider: a packet of the usual size, so that the code for many blocks runs,
 * too, must get the known tag, open again, and not open once its tag is changed.
 */
enum KnownAnswer {
    AES_128_GCM(AeadAlgorithm.AES_128_GCM, "d742e9f9cdf3f6a827a473fc1b10e839"),
    AES_256_GCM(AeadAlgorithm.AES_256_GCM, "fc92af7578ab0a5cd6723deb7003b457"),
    CHACHA20_POLY1305(AeadAlgorithm.CHACHA20_POLY1305, "cfc21dd45178879423e4d67809360912");

    private static final int PATH_ID = 3;
    private static final long PACKET_NUMBER = 0x1_2345_6789L;
    private static final int HEADER_BYTES = 13;
    private static final int PAYLOAD_BYTES = 1187;
    private static final int PAYLOAD_END = HEADER_BYTES + PAYLOAD_BYTES;

    private final AeadAlgorithm algorithm;
    private final String tag;

    KnownAnswer(AeadAlgorithm algorithm, String tag) {
        this.algorithm = algorithm;
        this.tag = tag;
    }

    static KnownAnswer of(AeadAlgorithm algorithm) {
        return switch (algorithm) {
            case AES_128_GCM -> AES_128_GCM;
            case AES_256_GCM -> AES_256_GCM;
            case CHACHA20_POLY1305 -> CHACHA20_POLY1305;
        };
    }

    boolean isGivenBy(AeadProvider provider) {
        byte[] plain = Arrays.copyOf(pattern(PAYLOAD_END), PAYLOAD_END + Aead.TAG_BYTES);
        byte[] packet = plain.clone();
        Aead sealer = aead(provider);
        Aead opener = aead(provider);
        try {
            sealer.seal(PATH_ID, PACKET_NUMBER, packet, 0, HEADER_BYTES, PAYLOAD_BYTES);
            byte[] forged = packet.clone();
            forged[PAYLOAD_END] ^= 1;
            return endsWithTag(packet)
                    && open(opener, forged) == -1
                    && open(opener, packet) == PAYLOAD_BYTES
                    && Arrays.equals(packet, 0, PAYLOAD_END, plain, 0, PAYLOAD_END);
        } finally {
            sealer.destroy();
            opener.destroy();
        }
    }

    private Aead aead(AeadProvider provider) {
        return provider.aead(algorithm, pattern(algorithm.keyBytes()), pattern(Aead.NONCE_BYTES));
    }

    private static int open(Aead opener, byte[] packet) {
        return opener.open(
                PATH_ID, PACKET_NUMBER, packet, 0, HEADER_BYTES, PAYLOAD_BYTES + Aead.TAG_BYTES);
    }

    private boolean endsWithTag(byte[] packet) {
        return HexFormat.of()
                .formatHex(packet, PAYLOAD_END, PAYLOAD_END + Aead.TAG_BYTES)
                .equals(tag);
    }

    private static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (7 * i + 1);
        }
        return bytes;
    }
}
