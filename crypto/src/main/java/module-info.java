/** Packet protection, the TLS 1.3 handshake and identities: all of Tern that touches a key. */
module dev.tern.crypto {
    requires org.bouncycastle.provider;
    requires org.bouncycastle.tls;
    requires org.slf4j;

    exports dev.tern.crypto;
    exports dev.tern.crypto.aead;
    exports dev.tern.crypto.ecdsa;
    exports dev.tern.crypto.identity;
    exports dev.tern.crypto.resumption;
    exports dev.tern.crypto.tls;
    exports dev.tern.crypto.x25519;
}
