package dev.tern.crypto.tls;

import dev.tern.crypto.CipherSuite;
import dev.tern.crypto.HashFunction;

import org.bouncycastle.tls.HandshakeType;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The messages of a handshake, for the secrets that BouncyCastle does not derive: it keeps its own
 * transcript to itself (RFC 8446 §4.4.1).
 */
final class Transcript {
    /** The random of a ServerHello that is a HelloRetryRequest (RFC 8446 §4.1.3). */
    private static final byte[] RETRY_RANDOM =
            HexFormat.of()
                    .parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

    private static final int RANDOM_OFFSET = MessageBuffer.HEADER_BYTES + 2;
    private static final int SESSION_ID_OFFSET = RANDOM_OFFSET + RETRY_RANDOM.length;

    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    void add(byte[] message) {
        if (isRetry(message)) {
            collapse(cipherSuite(message));
        }
        messages.writeBytes(message);
    }

    byte[] hash(HashFunction hash) {
        return hash.digest(messages.toByteArray());
    }

    /** While the ClientHello is all there is. */
    byte[] clientRandom() {
        return Arrays.copyOfRange(messages.toByteArray(), RANDOM_OFFSET, SESSION_ID_OFFSET);
    }

    private static boolean isRetry(byte[] message) {
        return message[0] == HandshakeType.server_hello
                && message.length > SESSION_ID_OFFSET
                && Arrays.equals(
                        message,
                        RANDOM_OFFSET,
                        SESSION_ID_OFFSET,
                        RETRY_RANDOM,
                        0,
                        RETRY_RANDOM.length);
    }

    private static int cipherSuite(byte[] serverHello) {
        int offset = SESSION_ID_OFFSET + 1 + (serverHello[SESSION_ID_OFFSET] & 0xff);
        return offset + 1 < serverHello.length
                ? (serverHello[offset] & 0xff) << 8 | serverHello[offset + 1] & 0xff
                : 0;
    }

    /** A retried ClientHello counts by its hash only. */
    private void collapse(int suiteOfRetry) {
        HashFunction hash = null;
        for (CipherSuite suite : CipherSuite.values()) {
            hash = suite.code() == suiteOfRetry ? suite.hash() : hash;
        }
        if (hash == null) {
            return; // BouncyCastle will refuse the message.
        }
        byte[] clientHello = hash(hash);
        messages.reset();
        messages.writeBytes(
                new byte[] {(byte) HandshakeType.message_hash, 0, 0, (byte) clientHello.length});
        messages.writeBytes(clientHello);
    }
}
