package dev.tern.quic.wire;

/**
 * The first header of a datagram that this program sent, as an ICMP message quotes it: perhaps cut
 * off, perhaps made up. Reads only what is the same in all versions (RFC 8999 §5). Reused; the
 * bytes must stay as they are while it is asked.
 */
public final class QuotedHeader {
    private static final int LONG_HEADER = 0x80;

    /** Behind the first byte, and in a long header behind the version. */
    private static final int SHORT_ID = 1;

    private static final int LONG_ID_LENGTH = 5;

    private byte[] buffer;
    private int end;
    private int destinationOffset;
    private int destinationLength;
    private int sourceOffset;
    private int sourceLength;

    /** Takes in what was quoted; returns whether there is a connection ID in it. */
    public boolean parse(byte[] bytes, int offset, int length) {
        buffer = bytes;
        end = offset + length;
        sourceLength = 0;
        if (length <= SHORT_ID) {
            return false;
        }
        if ((bytes[offset] & LONG_HEADER) == 0) {
            destinationOffset = offset + SHORT_ID;
            destinationLength = -1; // only who sent it knows
            return true;
        }
        destinationOffset = offset + LONG_ID_LENGTH + 1;
        if (destinationOffset > end) {
            return false;
        }
        destinationLength = Byte.toUnsignedInt(bytes[offset + LONG_ID_LENGTH]);
        sourceOffset = destinationOffset + destinationLength + 1;
        if (destinationLength > ConnectionId.MAX_LENGTH || sourceOffset > end) {
            return false;
        }
        sourceLength = Byte.toUnsignedInt(bytes[sourceOffset - 1]);
        return sourceLength <= ConnectionId.MAX_LENGTH && sourceOffset + sourceLength <= end;
    }

    /** Whether it is a long header, which names its sender, too. */
    public boolean isLong() {
        return destinationLength >= 0;
    }

    /** Where the sender's connection ID is; only of a long header. */
    public int sourceIdOffset() {
        return sourceOffset;
    }

    public int sourceIdLength() {
        return sourceLength;
    }

    /** Whether it went to this connection ID. Nothing goes to an empty one for sure. */
    public boolean isTo(ConnectionId id) {
        int length = id.length();
        return length > 0
                && (isLong() ? length == destinationLength : destinationOffset + length <= end)
                && id.matches(buffer, destinationOffset, length);
    }
}
