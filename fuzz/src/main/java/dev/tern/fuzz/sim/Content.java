package dev.tern.fuzz.sim;

/**
 * What streams carry: each byte follows from its place, so that whoever sees one knows what it must
 * be, and none fits at another place.
 */
final class Content {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private Content() {}

    /** The byte that this side's stream has at that offset. */
    static byte at(int conversation, Role sender, long streamId, long offset) {
        long place = offset + (streamId << 32) + ((long) conversation << 52);
        long mixed = (place + sender.ordinal() + 1) * SPREAD;
        return (byte) (mixed >>> 56);
    }

    static void fill(
            byte[] target, int length, int conversation, Role sender, long streamId, long offset) {
        for (int i = 0; i < length; i++) {
            target[i] = at(conversation, sender, streamId, offset + i);
        }
    }

    /** The index of the first byte that is not what it must be, or -1. */
    static int firstWrong(
            byte[] bytes,
            int from,
            int length,
            int conversation,
            Role sender,
            long streamId,
            long offset) {
        for (int i = 0; i < length; i++) {
            if (bytes[from + i] != at(conversation, sender, streamId, offset + i)) {
                return i;
            }
        }
        return -1;
    }
}
