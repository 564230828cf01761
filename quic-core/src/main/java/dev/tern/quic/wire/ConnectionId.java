package dev.tern.quic.wire;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** A connection ID of QUIC version 1 or 2: 0 to 20 bytes (RFC 9000 §5.1, §17.2). Immutable. */
public final class ConnectionId {
    /** The longest connection ID of QUIC version 1 (RFC 9000 §17.2). */
    public static final int MAX_LENGTH = 20;

    public static final ConnectionId EMPTY = new ConnectionId(new byte[0]);

    private static final int LENGTH_BITS = 0x1f;

    private final byte[] bytes;
    private final int hash;

    private ConnectionId(byte[] bytes) {
        this.bytes = bytes;
        this.hash = Arrays.hashCode(bytes);
    }

    public static ConnectionId of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    public static ConnectionId of(byte[] buffer, int offset, int length) {
        if (length < 0 || length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "connection ID of " + length + " bytes, at most " + MAX_LENGTH);
        }
        return length == 0
                ? EMPTY
                : new ConnectionId(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    /** An ID that is random in every bit. */
    public static ConnectionId random(RandomGenerator random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return of(bytes);
    }

    /**
     * The whole length of an ID that Tern issued, from its first byte: the low five bits count the
     * bytes that follow. The result may pass {@link #MAX_LENGTH}: then no such ID exists.
     */
    public static int selfDescribedLength(int firstByte) {
        return (firstByte & LENGTH_BITS) + 1;
    }

    public int length() {
        return bytes.length;
    }

    public byte byteAt(int index) {
        return bytes[index];
    }

    public void copyTo(byte[] buffer, int offset) {
        System.arraycopy(bytes, 0, buffer, offset, bytes.length);
    }

    public void write(ByteWriter out) {
        out.writeBytes(bytes, 0, bytes.length);
    }

    /** Whether these bytes of a packet are this ID. */
    public boolean matches(byte[] buffer, int offset, int length) {
        return Arrays.equals(bytes, 0, bytes.length, buffer, offset, offset + length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConnectionId that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
