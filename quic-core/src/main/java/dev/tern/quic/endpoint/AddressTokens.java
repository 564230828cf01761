package dev.tern.quic.endpoint;

import dev.tern.crypto.HmacSha256;
import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.TransportException;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Tokens with which a client proves that it receives what is sent to its address (RFC 9000 §8.1).
 * They say when they were issued, and a MAC under a key that never leaves this endpoint binds them
 * to the client's address and to the version of QUIC (RFC 9369 §5):
 *
 * <pre>
 *   kind (1) | issued (8) | length (1), original destination ID | MAC (16)
 * </pre>
 *
 * <p>A Retry's token is bound to the port and to the ID that Retry gave, too, and good for seconds;
 * one of NEW_TOKEN holds for a day and for any port, since a NAT may have chosen another.
 */
final class AddressTokens {
    private static final int KIND_RETRY = 0xa1;
    private static final int KIND_NEW_TOKEN = 0xa2;
    private static final int MAC_BYTES = 16;
    private static final int MAX_BODY_BYTES = 1 + Long.BYTES + 1 + ConnectionId.MAX_LENGTH;
    private static final long RETRY_LIFETIME_NS = 10_000_000_000L;
    private static final long NEW_TOKEN_LIFETIME_NS = 24L * 3600 * 1_000_000_000L;
    private static final byte[] PURPOSE = "tern address token".getBytes(StandardCharsets.US_ASCII);

    /** What a token says of the client that shows it. */
    sealed interface Verdict {
        /** Nothing: there is none, or it is stale, or not ours. */
        record Unproven() implements Verdict {}

        /** The address is the client's. */
        record Proven() implements Verdict {}

        /**
         * The address is the client's, and it answers our Retry.
         *
         * @param originalId what it called us in its very first packet
         */
        record Retried(ConnectionId originalId) implements Verdict {}

        /** It claims to answer a Retry, and does not: it would not accept another one. */
        record Forged() implements Verdict {}
    }

    private static final Verdict UNPROVEN = new Verdict.Unproven();
    private static final Verdict PROVEN = new Verdict.Proven();
    private static final Verdict FORGED = new Verdict.Forged();

    private final byte[] key;

    AddressTokens(byte[] endpointKey) {
        key = HmacSha256.mac(endpointKey, PURPOSE);
    }

    byte[] forRetry(
            InetSocketAddress client,
            int version,
            ConnectionId originalId,
            ConnectionId retrySourceId,
            long nowNs) {
        byte[] body = body(KIND_RETRY, originalId, nowNs);
        return withMac(body, retryMac(body, client, version, bytesOf(retrySourceId)));
    }

    byte[] forNextConnection(InetSocketAddress client, int version, long nowNs) {
        byte[] body = body(KIND_NEW_TOKEN, ConnectionId.EMPTY, nowNs);
        return withMac(body, newTokenMac(body, client, version));
    }

    /**
     * @param version of the Initial that carries the token
     * @param destinationId of the Initial that carries the token
     */
    Verdict check(
            byte[] buffer,
            int tokenOffset,
            int tokenLength,
            InetSocketAddress client,
            int version,
            ConnectionId destinationId,
            long nowNs) {
        int bodyLength = tokenLength - MAC_BYTES;
        if (bodyLength < 1 + Long.BYTES + 1 || bodyLength > MAX_BODY_BYTES) {
            return UNPROVEN;
        }
        byte[] body = Arrays.copyOfRange(buffer, tokenOffset, tokenOffset + bodyLength);
        byte[] mac =
                Arrays.copyOfRange(buffer, tokenOffset + bodyLength, tokenOffset + tokenLength);
        return switch (body[0] & 0xff) {
            case KIND_RETRY -> checkRetry(body, mac, client, version, destinationId, nowNs);
            case KIND_NEW_TOKEN ->
                    isMac(mac, newTokenMac(body, client, version))
                                    && isFresh(body, NEW_TOKEN_LIFETIME_NS, nowNs)
                            ? PROVEN
                            : UNPROVEN;
            default -> UNPROVEN;
        };
    }

    private Verdict checkRetry(
            byte[] body,
            byte[] mac,
            InetSocketAddress client,
            int version,
            ConnectionId destinationId,
            long nowNs) {
        if (!isMac(mac, retryMac(body, client, version, bytesOf(destinationId)))
                || !isFresh(body, RETRY_LIFETIME_NS, nowNs)) {
            return FORGED;
        }
        try {
            ByteReader in =
                    new ByteReader().wrap(body, 1 + Long.BYTES, body.length - 1 - Long.BYTES);
            int length = in.readByte();
            return length == in.remaining()
                    ? new Verdict.Retried(ConnectionId.of(body, in.position(), length))
                    : FORGED;
        } catch (TransportException e) {
            return FORGED;
        }
    }

    private byte[] newTokenMac(byte[] body, InetSocketAddress client, int version) {
        return HmacSha256.mac(key, body, client.getAddress().getAddress(), bytesOf(version));
    }

    private byte[] retryMac(
            byte[] body, InetSocketAddress client, int version, byte[] retrySourceId) {
        byte[] port = {(byte) (client.getPort() >>> 8), (byte) client.getPort()};
        byte[] length = {(byte) retrySourceId.length};
        return HmacSha256.mac(
                key,
                body,
                client.getAddress().getAddress(),
                bytesOf(version),
                port,
                length,
                retrySourceId);
    }

    private static byte[] bytesOf(int version) {
        byte[] bytes = new byte[Integer.BYTES];
        new ByteWriter().wrap(bytes, 0, bytes.length).writeInt(version);
        return bytes;
    }

    private static byte[] body(int kind, ConnectionId originalId, long nowNs) {
        byte[] id = bytesOf(originalId);
        byte[] body = new byte[1 + Long.BYTES + 1 + id.length];
        ByteWriter out = new ByteWriter().wrap(body, 0, body.length);
        out.writeByte(kind);
        out.writeLong(nowNs);
        out.writeByte(id.length);
        out.writeBytes(id);
        return body;
    }

    private static byte[] bytesOf(ConnectionId id) {
        byte[] bytes = new byte[id.length()];
        id.copyTo(bytes, 0);
        return bytes;
    }

    private static byte[] withMac(byte[] body, byte[] mac) {
        byte[] token = Arrays.copyOf(body, body.length + MAC_BYTES);
        System.arraycopy(mac, 0, token, body.length, MAC_BYTES);
        return token;
    }

    private static boolean isMac(byte[] shown, byte[] computed) {
        return MessageDigest.isEqual(shown, Arrays.copyOf(computed, MAC_BYTES));
    }

    private static boolean isFresh(byte[] body, long lifetimeNs, long nowNs) {
        long issuedNs = new ByteReader().wrap(body, 1, Long.BYTES).readLong();
        long ageNs = nowNs - issuedNs;
        return ageNs >= 0 && ageNs <= lifetimeNs;
    }
}
