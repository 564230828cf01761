package dev.tern.relay.server;

import dev.tern.crypto.AesBlock;
import dev.tern.quic.cid.BlockCipher;

/** AES-128 with the key of one routing epoch. */
final class EpochCipher implements BlockCipher {
    static final int KEY_BYTES = AesBlock.KEY_BYTES;

    private final AesBlock aes;

    EpochCipher(byte[] key) {
        aes = new AesBlock(key);
    }

    @Override
    public void encrypt(byte[] buffer, int offset) {
        aes.encrypt(buffer, offset);
    }

    @Override
    public void decrypt(byte[] buffer, int offset) {
        aes.decrypt(buffer, offset);
    }
}
