package dev.tern.crypto.identity;

import dev.tern.crypto.tls.Credentials;
import dev.tern.crypto.tls.SignatureScheme;

import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/** Who we are: an Ed25519 key pair, and the self-signed certificate that shows it to others. */
public final class PeerIdentity implements Credentials {
    private final Ed25519PrivateKeyParameters privateKey;
    private final byte[] certificate;
    private final PeerId peerId;

    private PeerIdentity(Ed25519PrivateKeyParameters privateKey) {
        this.privateKey = privateKey;
        this.certificate = PeerCertificate.create(privateKey);
        this.peerId = PeerId.of(privateKey.generatePublicKey().getEncoded());
    }

    /** A new one. */
    public static PeerIdentity generate(SecureRandom random) {
        return new PeerIdentity(new Ed25519PrivateKeyParameters(random));
    }

    /**
     * Reads a key file.
     *
     * @throws IOException with a sentence for a person, if it cannot be read
     * @throws IllegalArgumentException with a sentence for a person, if it is no key file
     */
    public static PeerIdentity load(Path keyFile) throws IOException {
        return new PeerIdentity(new Ed25519PrivateKeyParameters(KeyFile.read(keyFile), 0));
    }

    /**
     * Writes a key file that only its owner may read. It appears whole or not at all, and never
     * takes the place of another file.
     *
     * @throws IOException with a sentence for a person, if it cannot be written
     */
    public void save(Path keyFile) throws IOException {
        KeyFile.create(keyFile, privateKey.getEncoded());
    }

    public PeerId peerId() {
        return peerId;
    }

    /** The DER of the certificate, a copy. */
    public byte[] certificate() {
        return certificate.clone();
    }

    @Override
    public List<byte[]> certificateChain() {
        return List.of(certificate());
    }

    @Override
    public List<SignatureScheme> signatureSchemes() {
        return List.of(SignatureScheme.ED25519);
    }

    @Override
    public byte[] sign(SignatureScheme scheme, byte[] message) {
        byte[] signature = new byte[Ed25519PrivateKeyParameters.SIGNATURE_SIZE];
        privateKey.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
        return signature;
    }

    /** The public side only. */
    @Override
    public String toString() {
        return "PeerIdentity[" + peerId + "]";
    }
}
