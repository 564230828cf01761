package dev.tern.crypto.tls;

import java.io.IOException;

/** The part of BouncyCastle's client and server that we drive, for both have it protected. */
interface TlsMachine {
    void begin() throws IOException;

    /** One whole handshake message with its header. */
    void process(byte[] message) throws IOException;

    /** Ends it, early or not, so that its secrets are wiped. */
    void abandon() throws IOException;
}
