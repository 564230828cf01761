package dev.tern.crypto.tls;

import dev.tern.crypto.x25519.X25519;
import dev.tern.crypto.x25519.X25519Choice;

import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsSecret;
import org.bouncycastle.tls.crypto.impl.bc.BcX25519;

import java.io.IOException;
import java.util.Arrays;

/**
 * BouncyCastle's key exchange on Curve25519, with the shared secret by the fastest library there
 * is. The key pair stays BouncyCastle's: nothing is faster there.
 */
final class X25519Agreement extends BcX25519 {
    private byte[] publicKey;

    X25519Agreement(BcTlsCrypto crypto) {
        super(crypto);
    }

    @Override
    public byte[] generateEphemeral() throws IOException {
        publicKey = super.generateEphemeral();
        return publicKey;
    }

    @Override
    public TlsSecret calculateSecret() throws IOException {
        try {
            byte[] secret = new byte[X25519.BYTES];
            if (!X25519Choice.chosen().agree(privateKey, publicKey, peerPublicKey, secret)) {
                throw new TlsFatalAlert(AlertDescription.handshake_failure);
            }
            return new BcTlsSecret(crypto, secret);
        } finally {
            Arrays.fill(privateKey, (byte) 0);
        }
    }
}
