package dev.tern.crypto.x25519;

class BouncyCastleX25519Test extends X25519Specification {
    @Override
    protected X25519 implementation() {
        return new BouncyCastleX25519();
    }
}
