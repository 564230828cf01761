package dev.tern.crypto.tls;

import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.bouncycastle.tls.crypto.TlsEncodeResult;

/**
 * What BouncyCastle's record layer holds for a cipher. That layer is passed by, so this one is
 * asked for limits and never for a byte.
 */
final class UnusedCipher implements TlsCipher {
    static final UnusedCipher INSTANCE = new UnusedCipher();

    private UnusedCipher() {}

    @Override
    public int getCiphertextDecodeLimit(int plaintextLimit) {
        return plaintextLimit;
    }

    @Override
    public int getCiphertextEncodeLimit(int plaintextLimit) {
        return plaintextLimit;
    }

    @Override
    public int getPlaintextDecodeLimit(int ciphertextLimit) {
        return ciphertextLimit;
    }

    @Override
    public int getPlaintextEncodeLimit(int ciphertextLimit) {
        return ciphertextLimit;
    }

    @Override
    public TlsEncodeResult encodePlaintext(
            long sequence,
            short contentType,
            ProtocolVersion version,
            int headerAllocation,
            byte[] plaintext,
            int offset,
            int length) {
        throw used();
    }

    @Override
    public TlsDecodeResult decodeCiphertext(
            long sequence,
            short contentType,
            ProtocolVersion version,
            byte[] ciphertext,
            int offset,
            int length) {
        throw used();
    }

    @Override
    public void rekeyDecoder() {
        throw used();
    }

    @Override
    public void rekeyEncoder() {
        throw used();
    }

    @Override
    public boolean usesOpaqueRecordTypeDecode() {
        return true;
    }

    @Override
    public boolean usesOpaqueRecordTypeEncode() {
        return true;
    }

    private static IllegalStateException used() {
        return new IllegalStateException("QUIC has no TLS records");
    }
}
