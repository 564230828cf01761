package dev.tern.crypto.x25519;

/** BouncyCastle's X25519, in Java, which is everywhere. */
final class BouncyCastleX25519 implements X25519 {
    @Override
    public String description() {
        return "BouncyCastle";
    }

    @Override
    public boolean agree(byte[] privateKey, byte[] publicKey, byte[] peersKey, byte[] secret) {
        return org.bouncycastle.math.ec.rfc7748.X25519.calculateAgreement(
                privateKey, 0, peersKey, 0, secret, 0);
    }
}
