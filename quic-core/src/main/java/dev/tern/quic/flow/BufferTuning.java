package dev.tern.quic.flow;

/**
 * Sizes windows and buffers by what the path can carry: one round trip's worth of data is under
 * way, so less holds the sender up and much more only keeps memory busy. Written by the agent; what
 * {@link #sendBufferBytes} says may be read by any thread.
 */
public final class BufferTuning {
    /** With less a stream would wait for its writer after every few packets. */
    private static final int MIN_SHARE_BYTES = 64 << 10;

    /** Of one stream: more than an agent sends in a round, less than a second-level cache. */
    private static final int MAX_UNSENT_BYTES = 512 << 10;

    /** Of all streams together; what is more falls out of a third-level cache. */
    private static final int TOTAL_UNSENT_BYTES = 2 << 20;

    /** Of one stream, however many there are: as much as it sends in the longest turn. */
    private static final int MIN_UNSENT_BYTES = MIN_SHARE_BYTES;

    /**
     * Send buffers hold four to eight times what the path carries in its shortest round trip. More
     * would only wait in a queue on the way, and that queue is longer than the caches are large;
     * less would not do where round trips differ much.
     */
    private static final int ROUND_TRIPS_AT_LEAST = 4;

    private static final int ROUND_TRIPS_AT_MOST = 2 * ROUND_TRIPS_AT_LEAST;

    private final long maxStreamWindowBytes;
    private final long maxWindowBytes;
    private final int unsentBytesOfOne;
    private final int firstSendBytes;
    private final int maxSendBufferBytes;
    private volatile int maxUnsentBytes;
    private volatile int sendBufferBytes;
    private int totalSendBytes;
    private int streams;
    private long nowNs;
    private long roundTripNs;

    /**
     * @param maxStreamWindowBytes how far a stream's receive window may grow
     * @param maxWindowBytes how far that of the connection may grow
     * @param sendBufferBytes what a stream holds for its writer at first
     * @param maxSendBufferBytes and at most; what is below its first size keeps it there
     */
    public BufferTuning(
            long maxStreamWindowBytes,
            long maxWindowBytes,
            int sendBufferBytes,
            int maxSendBufferBytes) {
        this.maxStreamWindowBytes = maxStreamWindowBytes;
        this.maxWindowBytes = maxWindowBytes;
        this.unsentBytesOfOne = Math.min(sendBufferBytes, MAX_UNSENT_BYTES);
        this.maxUnsentBytes = unsentBytesOfOne;
        this.sendBufferBytes = sendBufferBytes;
        this.firstSendBytes = sendBufferBytes;
        this.totalSendBytes = sendBufferBytes;
        this.maxSendBufferBytes = Math.max(sendBufferBytes, maxSendBufferBytes);
    }

    /** Nothing grows. */
    public static BufferTuning fixed(int sendBufferBytes) {
        return new BufferTuning(0, 0, sendBufferBytes, sendBufferBytes);
    }

    /**
     * The path that carries the data was heard of.
     *
     * @param bytesInFlight when they fill half of the send buffers, and not because they wait in a
     *     queue, it is the buffers that limit them
     */
    public void onPath(long now, long smoothedRttNs, long minRttNs, long bytesInFlight) {
        nowNs = now;
        roundTripNs = smoothedRttNs;
        if (bytesInFlight > totalSendBytes / 2 && firstSendBytes < maxSendBufferBytes) {
            double carried = (double) bytesInFlight * minRttNs / smoothedRttNs;
            if (carried * ROUND_TRIPS_AT_LEAST > totalSendBytes) {
                resize(Math.min(2 * totalSendBytes, maxSendBufferBytes));
            } else if (carried * ROUND_TRIPS_AT_MOST < totalSendBytes) {
                resize(Math.max(totalSendBytes / 2, firstSendBytes));
            }
        }
    }

    private void resize(int bytes) {
        if (bytes != totalSendBytes) {
            totalSendBytes = bytes;
            share();
        }
    }

    /** So many streams are open: they share the memory that one alone would have. */
    public void onStreams(int open) {
        streams = open;
        share();
    }

    private void share() {
        int equal = totalSendBytes / Math.max(1, streams);
        sendBufferBytes = Math.min(totalSendBytes, Math.max(MIN_SHARE_BYTES, equal));
        int unsent = Math.max(MIN_UNSENT_BYTES, TOTAL_UNSENT_BYTES / Math.max(1, streams));
        maxUnsentBytes = Math.min(unsentBytesOfOne, unsent);
    }

    /** How much a stream holds for its writer until it is acknowledged. */
    public int sendBufferBytes() {
        return sendBufferBytes;
    }

    /**
     * How much of that may be waiting to be sent: what a writer is ahead of the network does
     * nothing for the rate, and pushes out of the processor's caches what is about to be sent.
     */
    public int maxUnsentBytes() {
        return maxUnsentBytes;
    }

    public int maxSendBufferBytes() {
        return maxSendBufferBytes;
    }

    /** The window of a stream that begins with {@code initialBytes}. */
    public ReceiveWindow streamWindow(long initialBytes) {
        return new ReceiveWindow(initialBytes, Math.max(initialBytes, maxStreamWindowBytes), this);
    }

    /** The window of the connection, which begins with {@code initialBytes}. */
    public ReceiveWindow connectionWindow(long initialBytes) {
        return new ReceiveWindow(initialBytes, Math.max(initialBytes, maxWindowBytes), this);
    }

    long nowNs() {
        return nowNs;
    }

    long roundTripNs() {
        return roundTripNs;
    }
}
