package dev.tern.relay.server;

import java.net.InetSocketAddress;

/**
 * Where a registered peer is now, as its control connection says. A new address counts at once;
 * until it is validated, at most three times the bytes received from it are sent there (RFC 9000
 * §8.1), control and forwarded datagrams together. Not thread-safe.
 */
final class PeerAddress {
    private static final int FACTOR = 3;

    private InetSocketAddress local;
    private InetSocketAddress remote;
    private boolean allowed;
    private boolean validated;
    private long receivedBytes;
    private long sentBytes;

    /**
     * @param newLocal which of the relay's addresses the peer uses
     * @param isAllowed whether the relay may send there at all
     */
    void moveTo(
            InetSocketAddress newLocal,
            InetSocketAddress newRemote,
            boolean isAllowed,
            boolean isValidated) {
        local = newLocal;
        remote = newRemote;
        allowed = isAllowed;
        validated = isValidated;
        receivedBytes = 0;
        sentBytes = 0;
    }

    InetSocketAddress local() {
        return local;
    }

    InetSocketAddress remote() {
        return remote;
    }

    boolean isAllowed() {
        return allowed;
    }

    boolean isValidated() {
        return validated;
    }

    void validate() {
        validated = true;
    }

    void onReceived(int bytes) {
        receivedBytes += bytes;
    }

    void onSent(int bytes) {
        sentBytes += bytes;
    }

    boolean allowsBytes(int bytes) {
        return validated || sentBytes + bytes <= FACTOR * receivedBytes;
    }
}
