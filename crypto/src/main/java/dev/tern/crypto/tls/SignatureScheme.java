package dev.tern.crypto.tls;

import org.bouncycastle.tls.SignatureAndHashAlgorithm;

import java.util.ArrayList;
import java.util.List;
import java.util.Vector;

/** The signatures that we make and accept (RFC 8446 §4.2.3), the best first. */
public enum SignatureScheme {
    ED25519(0x0807),
    ECDSA_SECP256R1_SHA256(0x0403),
    ECDSA_SECP384R1_SHA384(0x0503),
    RSA_PSS_RSAE_SHA256(0x0804),
    RSA_PSS_RSAE_SHA384(0x0805),
    RSA_PSS_RSAE_SHA512(0x0806);

    private final int code;

    SignatureScheme(int code) {
        this.code = code;
    }

    SignatureAndHashAlgorithm algorithm() {
        return org.bouncycastle.tls.SignatureScheme.getSignatureAndHashAlgorithm(code);
    }

    /** All of them, as BouncyCastle wants them. */
    static Vector<SignatureAndHashAlgorithm> algorithms() {
        List<SignatureAndHashAlgorithm> algorithms = new ArrayList<>();
        for (SignatureScheme scheme : values()) {
            algorithms.add(scheme.algorithm());
        }
        return Handshake.vectorOf(algorithms);
    }
}
