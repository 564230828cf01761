package dev.tern.relay.control;

import dev.tern.quic.stream.Stream;
import dev.tern.quic.stream.StreamResetException;

/** The control stream: messages in both directions. Owned by one agent; not thread-safe. */
public final class ControlChannel {
    /** More than this unacknowledged, and the other side has stopped reading. */
    private static final int MAX_BACKLOG_BYTES = 64 * 1024;

    private static final int READ_BYTES = 1024;

    private final Stream stream;
    private final ControlReader reader = new ControlReader();
    private final ControlWriter writer = new ControlWriter();
    private final byte[] buffer = new byte[READ_BYTES];
    private final int emptyWritableBytes;

    /** Over a bidirectional stream on which nothing was written yet. */
    public ControlChannel(Stream stream) {
        this.stream = stream;
        this.emptyWritableBytes = stream.send().writableBytes();
        stream.setUrgency(0);
    }

    public boolean runsOn(Stream other) {
        return stream == other;
    }

    /** Sends a message, or returns false where the other side has not taken those before. */
    public boolean send(ControlMessage message) {
        byte[] bytes = writer.encode(message);
        int backlog = emptyWritableBytes - stream.send().writableBytes();
        if (backlog + bytes.length > MAX_BACKLOG_BYTES) {
            return false;
        }
        try {
            return stream.send().write(bytes, 0, bytes.length) == bytes.length;
        } catch (StreamResetException e) {
            return false;
        }
    }

    /**
     * Hands on what has arrived.
     *
     * @throws ControlException if it is malformed, or the other side ended the stream
     */
    public void receive(ControlHandler handler) {
        try {
            int count;
            while ((count = stream.receive().read(buffer, 0, buffer.length)) > 0) {
                reader.read(buffer, 0, count, handler);
            }
            if (count < 0) {
                throw new ControlException("control stream ended");
            }
        } catch (StreamResetException e) {
            throw new ControlException("control " + e.getMessage());
        }
    }
}
