package dev.tern.perf.jmh;

import dev.tern.crypto.aead.Aead;
import dev.tern.crypto.aead.AeadAlgorithm;
import dev.tern.crypto.aead.AeadProvider;
import dev.tern.crypto.aead.HeaderMask;

/**
 * Ciphers that do nothing, so that what is left to measure is the protocol. Every packet is taken
 * as authentic.
 */
final class NullAeadProvider implements AeadProvider {
    private static final class NullMask implements HeaderMask {
        @Override
        public void mask(byte[] samples, int offset, int count, byte[] masks) {}

        @Override
        public void destroy() {}
    }

    private enum NullAead implements Aead {
        INSTANCE;

        @Override
        public void seal(
                int pathId,
                long packetNumber,
                byte[] buffer,
                int headerOffset,
                int headerLength,
                int payloadLength) {}

        @Override
        public int open(
                int pathId,
                long packetNumber,
                byte[] buffer,
                int headerOffset,
                int headerLength,
                int sealedLength) {
            return sealedLength - TAG_BYTES;
        }

        @Override
        public void destroy() {}
    }

    @Override
    public String name() {
        return "null";
    }

    @Override
    public String description() {
        return "no cipher";
    }

    @Override
    public boolean supports(AeadAlgorithm algorithm) {
        return true;
    }

    @Override
    public Aead aead(AeadAlgorithm algorithm, byte[] key, byte[] iv) {
        return NullAead.INSTANCE;
    }

    @Override
    public HeaderMask headerMask(AeadAlgorithm algorithm, byte[] headerKey) {
        return new NullMask();
    }
}
