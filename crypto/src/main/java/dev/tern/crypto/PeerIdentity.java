package dev.tern.crypto;

import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;

/** Who we are: an Ed25519 key pair, and the self-signed certificate that shows it to others. */
public final class PeerIdentity {
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

    Ed25519PrivateKeyParameters privateKey() {
        return privateKey;
    }

    /** The public side only. */
    @Override
    public String toString() {
        return "PeerIdentity[" + peerId + "]";
    }
}
