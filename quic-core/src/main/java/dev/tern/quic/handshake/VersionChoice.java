package dev.tern.quic.handshake;

import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;
import dev.tern.quic.wire.VersionInformation;

import java.util.List;

/**
 * Which version of QUIC a connection speaks (RFC 9368). All that this stack knows are compatible
 * with each other: a server answers a client's first flight in another version, if both like that
 * better, without a round trip more.
 *
 * <pre>
 *   client: original -- the server's TLS answers in another version --> negotiated
 *   server: original -- the client's version_information names a better one --> negotiated
 * </pre>
 */
public final class VersionChoice {
    private final boolean client;
    private final List<Integer> speakable;
    private final int original;
    private int current;
    private boolean settled;

    /**
     * @param speakable the best first
     * @param original that of the client's first packet
     */
    public VersionChoice(boolean client, List<Integer> speakable, int original) {
        this.client = client;
        this.speakable = speakable;
        this.original = original;
        this.current = original;
    }

    /** What is spoken by now. */
    public int current() {
        return current;
    }

    /** What the client's first packet said. */
    public int original() {
        return original;
    }

    /**
     * Whether a long header of that version can belong to this connection.
     *
     * @param firstFlight whether it is of an Initial or 0-RTT packet
     */
    public boolean accepts(int version, boolean firstFlight) {
        if (version == current) {
            return true;
        }
        return client
                ? !settled && speakable.contains(version)
                : firstFlight && version == original;
    }

    /** A packet of that version was authentic: at a client another than its own decides. */
    void onAuthentic(int version) {
        if (client && !settled && version != original) {
            settled = true;
            current = version;
        }
    }

    /**
     * At a client: the server's TLS speaks, in what is the version from now on. Before that it may
     * acknowledge parts of a long ClientHello in the original one (RFC 9368 §2.3).
     */
    void onServerHello() {
        settled = true;
    }

    /** This side's version_information; null where there is nothing to choose. */
    public VersionInformation own() {
        return speakable.size() == 1 ? null : new VersionInformation(current, speakable);
    }

    /**
     * The other side's version_information, or null. At a server it decides.
     *
     * @throws TransportException if somebody on the way has had a hand in it (RFC 9368 §4)
     */
    void onPeer(VersionInformation peer) {
        if (peer == null) {
            require(current == original, "version changed without version_information");
            return;
        }
        require(
                peer.chosen() == current,
                "chosen version is not the packet's: 0x" + Integer.toHexString(peer.chosen()));
        if (!client && speakable.size() > 1) {
            for (int candidate : speakable) {
                if (peer.available().contains(candidate)) {
                    current = candidate;
                    return;
                }
            }
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new TransportException(TransportError.VERSION_NEGOTIATION_ERROR, otherwise);
        }
    }
}
