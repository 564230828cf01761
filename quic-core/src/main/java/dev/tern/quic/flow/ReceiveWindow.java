package dev.tern.quic.flow;

import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;

/**
 * How far the peer may send, on one stream or on the whole connection (RFC 9000 §4.1): a window of
 * constant size in front of what the application has consumed. Owned by one agent; not thread-safe.
 */
public final class ReceiveWindow {
    private final long windowBytes;
    private long limitBytes;
    private long receivedBytes;
    private long consumedBytes;

    public ReceiveWindow(long windowBytes) {
        this.windowBytes = windowBytes;
        this.limitBytes = windowBytes;
    }

    /** The limit last announced, which MAX_DATA or MAX_STREAM_DATA carries. */
    public long limitBytes() {
        return limitBytes;
    }

    /** The highest offset received, or the sum of them over all streams. */
    public long receivedBytes() {
        return receivedBytes;
    }

    /**
     * Data arrived beyond all received before.
     *
     * @throws TransportException FLOW_CONTROL_ERROR when it passes the limit
     */
    public void onReceived(long newBytes) {
        if (newBytes > limitBytes - receivedBytes) {
            throw new TransportException(
                    TransportError.FLOW_CONTROL_ERROR,
                    "data to offset " + (receivedBytes + newBytes) + " passes limit " + limitBytes);
        }
        receivedBytes += newBytes;
    }

    /**
     * The application took bytes, or they were given up for it. The limit moves once half the
     * window is consumed: late enough to need few frames, early enough that a sender with a round
     * trip of less than half a window never waits.
     *
     * @return whether {@link #limitBytes} moved and should be announced
     */
    public boolean onConsumed(long bytes) {
        consumedBytes += bytes;
        long nextLimitBytes = consumedBytes + windowBytes;
        if (bytes == 0 || nextLimitBytes - limitBytes < (windowBytes + 1) / 2) {
            return false;
        }
        limitBytes = nextLimitBytes;
        return true;
    }
}
