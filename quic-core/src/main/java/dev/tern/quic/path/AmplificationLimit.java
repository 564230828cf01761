package dev.tern.quic.path;

/**
 * Until an address is validated, at most three times the bytes received from it may be sent to it
 * (RFC 9000 §8.1), so that nobody can aim this endpoint at a stranger.
 */
final class AmplificationLimit {
    private static final int FACTOR = 3;

    private boolean lifted;
    private boolean doubtful;
    private long receivedBytes;
    private long sentBytes;
    private long grantBytes;

    void onReceived(int bytes) {
        receivedBytes += bytes;
    }

    void onSent(int bytes) {
        sentBytes += bytes;
    }

    /** The address answered. */
    void lift() {
        lifted = true;
    }

    boolean isLifted() {
        return lifted;
    }

    /**
     * Counts anew.
     *
     * @param bytes what may be sent before anything was received: for a path that this side chose
     * @param onlyPeerSays whether nothing but a packet that seemed to come from there speaks for
     *     the address
     */
    void restart(long bytes, boolean onlyPeerSays) {
        lifted = false;
        receivedBytes = 0;
        sentBytes = 0;
        grantBytes = bytes;
        doubtful = onlyPeerSays;
    }

    boolean allows(int bytes) {
        return lifted || bytes <= leftBytes();
    }

    /** What may still be sent while the limit holds. */
    long leftBytes() {
        return FACTOR * receivedBytes + grantBytes - sentBytes;
    }

    /** Whether the address may be a stranger's, at whom somebody aims this endpoint. */
    boolean isDoubtful() {
        return doubtful && !lifted;
    }
}
