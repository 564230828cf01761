package dev.tern.relay.control;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.TransportException;

/**
 * Puts control messages together from bytes in any pieces. Messages of unknown types are skipped,
 * however they look inside; anything else malformed is a {@link ControlException}. Holds one
 * message at most. Not thread-safe.
 */
public final class ControlReader {
    private static final int MAX_LENGTH_FIELD_BYTES = 8;

    private final byte[] pending =
            new byte[MAX_LENGTH_FIELD_BYTES + ControlWriter.MAX_MESSAGE_BYTES];
    private final ByteReader in = new ByteReader();
    private int filled;

    /** Takes the next bytes of the stream and hands on the messages that are complete. */
    public void read(byte[] buffer, int offset, int length, ControlHandler handler) {
        int position = offset;
        int end = offset + length;
        while (position < end) {
            int count = Math.min(end - position, wanted());
            System.arraycopy(buffer, position, pending, filled, count);
            filled += count;
            position += count;
            if (wanted() == 0) {
                int messageBytes = filled;
                filled = 0;
                deliver(messageBytes, handler);
            }
        }
    }

    /** How many more bytes make the length field, then the message, complete. */
    private int wanted() {
        if (filled == 0) {
            return 1;
        }
        int lengthField = 1 << ((pending[0] & 0xff) >> 6);
        if (filled < lengthField) {
            return lengthField - filled;
        }
        long length = in.wrap(pending, 0, lengthField).readVarint();
        if (length > ControlWriter.MAX_MESSAGE_BYTES) {
            throw new ControlException(
                    "control message of "
                            + length
                            + " bytes passes limit "
                            + ControlWriter.MAX_MESSAGE_BYTES);
        }
        if (length == 0) {
            throw new ControlException("control message without a type");
        }
        return lengthField + (int) length - filled;
    }

    private void deliver(int messageBytes, ControlHandler handler) {
        int lengthField = 1 << ((pending[0] & 0xff) >> 6);
        ControlMessage message;
        try {
            message =
                    MessageDecoder.decode(
                            in.wrap(pending, lengthField, messageBytes - lengthField));
        } catch (TransportException e) {
            throw new ControlException("control message: " + e.getMessage());
        }
        if (message != null) {
            handler.onMessage(message);
        }
    }
}
