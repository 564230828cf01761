package dev.tern.crypto.tls;

import java.util.List;

/**
 * What a side proves with who it is: a certificate chain, and signatures by the key of its first
 * certificate. The key itself stays inside, so that it may as well live in a security chip.
 */
public interface Credentials {
    /** The certificates in DER, our own first. */
    List<byte[]> certificateChain();

    /** How the key can sign, the best first; never empty. */
    List<SignatureScheme> signatureSchemes();

    /** A signature as TLS wants it (RFC 8446 §4.4.3), by one of {@link #signatureSchemes}. */
    byte[] sign(SignatureScheme scheme, byte[] message);
}
