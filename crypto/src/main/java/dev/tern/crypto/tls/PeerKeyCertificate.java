package dev.tern.crypto.tls;

import dev.tern.crypto.ecdsa.EcdsaP256;
import dev.tern.crypto.ecdsa.EcdsaP256Choice;

import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.crypto.Tls13Verifier;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** BouncyCastle's certificate, whose signatures the fastest library there is verifies. */
final class PeerKeyCertificate extends BcTlsCertificate {
    private static final AlgorithmIdentifier P256 =
            new AlgorithmIdentifier(
                    X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);

    PeerKeyCertificate(BcTlsCrypto crypto, byte[] encoded) throws IOException {
        super(crypto, encoded);
    }

    /** What BouncyCastle refuses, as a key that is none, is refused in any case. */
    @Override
    public Tls13Verifier createVerifier(int scheme) throws IOException {
        Tls13Verifier everywhere = super.createVerifier(scheme);
        EcdsaP256 fast = EcdsaP256Choice.chosen();
        if (fast == null
                || scheme != SignatureScheme.ecdsa_secp256r1_sha256
                || !P256.equals(keyInfo.getAlgorithm())) {
            return everywhere;
        }
        return new Verifier(fast, getPubKeyEC().getQ().getEncoded(false));
    }

    private static final class Verifier implements Tls13Verifier {
        private final EcdsaP256 ecdsa;
        private final byte[] publicKey;
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();

        Verifier(EcdsaP256 ecdsa, byte[] publicKey) {
            this.ecdsa = ecdsa;
            this.publicKey = publicKey;
        }

        @Override
        public OutputStream getOutputStream() {
            return message;
        }

        @Override
        public boolean verifySignature(byte[] signature) {
            return ecdsa.verify(publicKey, message.toByteArray(), signature);
        }
    }
}
