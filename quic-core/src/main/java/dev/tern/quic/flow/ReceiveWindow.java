package dev.tern.quic.flow;

import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;

/**
 * How far the peer may send, on one stream or on the whole connection (RFC 9000 §4.1): a window in
 * front of what the application has consumed. It doubles while half of it is consumed in less than
 * two round trips, for then the sender has perhaps waited for it. Owned by one agent; not
 * thread-safe.
 */
public final class ReceiveWindow {
    private static final int HURRIED_ROUND_TRIPS = 2;

    private final long maxBytes;
    private final BufferTuning tuning;
    private long windowBytes;
    private long movedNs;
    private long limitBytes;
    private long receivedBytes;
    private long consumedBytes;

    ReceiveWindow(long initialBytes, long maxBytes, BufferTuning tuning) {
        this.windowBytes = initialBytes;
        this.limitBytes = initialBytes;
        this.maxBytes = maxBytes;
        this.tuning = tuning;
        this.movedNs = tuning.nowNs();
    }

    /** How far it may grow. */
    public long maxBytes() {
        return maxBytes;
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
        if (bytes == 0 || consumedBytes + windowBytes - limitBytes < (windowBytes + 1) / 2) {
            return false;
        }
        long nowNs = tuning.nowNs();
        if (nowNs - movedNs < HURRIED_ROUND_TRIPS * tuning.roundTripNs()) {
            windowBytes = Math.min(2 * windowBytes, maxBytes);
        }
        movedNs = nowNs;
        limitBytes = consumedBytes + windowBytes;
        return true;
    }
}
