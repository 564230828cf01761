package dev.tern.quic.endpoint;

import dev.tern.crypto.HmacSha256;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.StatelessResetToken;

import java.util.random.RandomGenerator;

/**
 * Tells a peer whose connection this endpoint has forgotten that it is over (RFC 9000 §10.3). The
 * token follows from the connection ID and a key that never leaves this endpoint.
 */
final class StatelessReset {
    /** Nothing shorter can be one (RFC 9000 §10.3). */
    static final int MIN_BYTES = 21;

    /**
     * Shorter packets could themselves be stateless resets, and two endpoints answer each other for
     * ever.
     */
    private static final int MIN_TRIGGER_BYTES = 22;

    private static final int MAX_BYTES = 64;
    private static final int FIXED_BIT = 0x40;
    private static final int RANDOM_SIX_BITS = 0x3f;

    private final byte[] key;
    private final RandomGenerator random;
    private final byte[] buffer = new byte[MAX_BYTES];
    private final ByteWriter out = new ByteWriter();

    StatelessReset(byte[] key, RandomGenerator random) {
        this.key = key.clone();
        this.random = random;
    }

    StatelessResetToken tokenOf(ConnectionId id) {
        byte[] bytes = new byte[id.length()];
        id.copyTo(bytes, 0);
        return StatelessResetToken.of(HmacSha256.mac(key, bytes), 0);
    }

    /** A token in the form in which a table of IDs can hold it. */
    static ConnectionId keyOf(StatelessResetToken token) {
        byte[] bytes = new byte[StatelessResetToken.LENGTH];
        token.write(new ByteWriter().wrap(bytes, 0, bytes.length));
        return ConnectionId.of(bytes);
    }

    /**
     * Writes the answer to a packet for an unknown connection, shorter than the packet.
     *
     * @return its length in {@link #buffer}, or 0 when the packet must go unanswered
     */
    int write(byte[] packet, int idOffset, int idLength, int packetLength) {
        if (packetLength < MIN_TRIGGER_BYTES) {
            return 0;
        }
        int length = Math.min(packetLength - 1, MAX_BYTES);
        random.nextBytes(buffer);
        buffer[0] = (byte) (FIXED_BIT | (buffer[0] & RANDOM_SIX_BITS));
        int tokenOffset = length - StatelessResetToken.LENGTH;
        tokenOf(ConnectionId.of(packet, idOffset, idLength))
                .write(out.wrap(buffer, tokenOffset, StatelessResetToken.LENGTH));
        return length;
    }

    byte[] buffer() {
        return buffer;
    }
}
