package dev.tern.quic.cid;

import dev.tern.quic.wire.ConnectionId;

import java.util.random.RandomGenerator;

/**
 * Every connection ID that Tern issues says in its first byte what it is: three bits of class, then
 * five bits that count the bytes behind. Class 7 is a direct ID, routed by this endpoint alone; 0
 * to 6 are the routing epochs of a relay (draft-ietf-quic-load-balancers).
 */
public final class SelfDescribingId {
    /** Length of a direct connection ID. */
    public static final int DIRECT_LENGTH = 8;

    static final int CLASS_SHIFT = 5;

    private static final int DIRECT_CLASS = 7;

    private SelfDescribingId() {}

    /** A new direct ID: {@code 111|00111} and seven random bytes. */
    public static ConnectionId mintDirect(RandomGenerator random) {
        return ConnectionId.of(directBytes(random));
    }

    static byte[] directBytes(RandomGenerator random) {
        byte[] bytes = new byte[DIRECT_LENGTH];
        random.nextBytes(bytes);
        bytes[0] = (byte) firstByte(DIRECT_CLASS, DIRECT_LENGTH);
        return bytes;
    }

    /** The length of the whole ID; past {@link ConnectionId#MAX_LENGTH} there is no such ID. */
    public static int length(int firstByte) {
        return ConnectionId.selfDescribedLength(firstByte);
    }

    public static boolean isDirect(int firstByte) {
        return epoch(firstByte) == DIRECT_CLASS;
    }

    /** Whether the ID is a relay's: of one of its epochs, and as long as those are. */
    public static boolean isRoutable(int firstByte) {
        return epoch(firstByte) < RoutableIds.EPOCHS && length(firstByte) == RoutableIds.LENGTH;
    }

    static int epoch(int firstByte) {
        return (firstByte & 0xff) >> CLASS_SHIFT;
    }

    static int firstByte(int idClass, int length) {
        return (idClass << CLASS_SHIFT) | (length - 1);
    }
}
