package dev.tern.crypto.tls;

import dev.tern.crypto.HashFunction;

import org.bouncycastle.tls.PRFAlgorithm;
import org.bouncycastle.tls.TlsPSKExternal;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsSecret;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The pre-shared key of a session ticket, passed off as an external one, which is the only kind
 * that BouncyCastle knows. The two differ in one word of the key schedule: the binder key's label
 * is "res binder" instead of "ext binder" (RFC 8446 §7.1). The early secret that follows from this
 * key therefore puts the right word in.
 */
final class ResumptionSecret extends BcTlsSecret {
    private static final byte[] EXTERNAL = "tls13 ext binder".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RESUMPTION = "tls13 res binder".getBytes(StandardCharsets.US_ASCII);

    /** Where the label begins in an HkdfLabel (RFC 8446 §7.1): after two lengths. */
    private static final int LABEL_OFFSET = 3;

    private ResumptionSecret(BcTlsCrypto crypto, byte[] preSharedKey) {
        super(crypto, preSharedKey);
    }

    /**
     * For {@code getExternalPSKs} and {@code getExternalPSK}, after which BouncyCastle asks for the
     * key once.
     *
     * @param preSharedKey wiped after use
     */
    static TlsPSKExternal asExternal(
            BcTlsCrypto crypto, HashFunction hash, byte[] identity, byte[] preSharedKey) {
        return new TlsPSKExternal() {
            @Override
            public byte[] getIdentity() {
                return identity;
            }

            @Override
            public TlsSecret getKey() {
                return new ResumptionSecret(crypto, preSharedKey);
            }

            @Override
            public int getPRFAlgorithm() {
                return switch (hash) {
                    case SHA256 -> PRFAlgorithm.tls13_hkdf_sha256;
                    case SHA384 -> PRFAlgorithm.tls13_hkdf_sha384;
                };
            }
        };
    }

    /** The salt of HKDF-Extract for the early secret: here the key comes by. */
    static final class Salt extends BcTlsSecret {
        private final BcTlsCrypto bouncyCastle;

        Salt(BcTlsCrypto crypto, int hashBytes) {
            super(crypto, new byte[hashBytes]);
            bouncyCastle = crypto;
        }

        @Override
        public synchronized TlsSecret hkdfExtract(int hash, TlsSecret inputKeyingMaterial) {
            TlsSecret extracted = super.hkdfExtract(hash, inputKeyingMaterial);
            if (!(inputKeyingMaterial instanceof ResumptionSecret)) {
                return extracted;
            }
            inputKeyingMaterial.destroy();
            return new EarlySecret(bouncyCastle, extracted.extract());
        }
    }

    private static final class EarlySecret extends BcTlsSecret {
        EarlySecret(BcTlsCrypto crypto, byte[] secret) {
            super(crypto, secret);
        }

        @Override
        public synchronized TlsSecret hkdfExpand(int hash, byte[] info, int length) {
            int end = LABEL_OFFSET + EXTERNAL.length;
            if (info.length <= end
                    || !Arrays.equals(info, LABEL_OFFSET, end, EXTERNAL, 0, EXTERNAL.length)) {
                return super.hkdfExpand(hash, info, length);
            }
            byte[] renamed = info.clone();
            System.arraycopy(RESUMPTION, 0, renamed, LABEL_OFFSET, RESUMPTION.length);
            return super.hkdfExpand(hash, renamed, length);
        }
    }
}
