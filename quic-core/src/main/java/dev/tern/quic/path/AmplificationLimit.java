package dev.tern.quic.path;

/**
 * Until an address is validated, at most three times the bytes received from it may be sent to it
 * (RFC 9000 §8.1), so that nobody can aim this endpoint at a stranger.
 */
final class AmplificationLimit {
    private static final int FACTOR = 3;

    private final long grantBytes;
    private final boolean doubtful;
    private boolean lifted;
    private long receivedBytes;
    private long sentBytes;

    private AmplificationLimit(long grantBytes, boolean doubtful) {
        this.grantBytes = grantBytes;
        this.doubtful = doubtful;
    }

    /** For an address that somebody came from: it may be a stranger's. */
    static AmplificationLimit ofPeersChoice() {
        return new AmplificationLimit(0, true);
    }

    /**
     * For an address that this side chose to speak to.
     *
     * @param grantBytes what may be sent before anything was received
     */
    static AmplificationLimit ofOurChoice(long grantBytes) {
        return new AmplificationLimit(grantBytes, false);
    }

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

    boolean allows(int bytes) {
        return lifted || sentBytes + bytes <= FACTOR * receivedBytes + grantBytes;
    }

    /** Whether the address may be a stranger's, at whom somebody aims this endpoint. */
    boolean isDoubtful() {
        return doubtful && !lifted;
    }
}
