package dev.tern.quic.handshake;

import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;
import dev.tern.quic.wire.VersionInformation;
import dev.tern.quic.wire.Versions;

import java.util.ArrayList;
import java.util.List;

/**
 * Which version of QUIC a connection speaks (RFC 9368). All that this stack knows are compatible
 * with each other: a server answers a client's first flight in another version, if both like that
 * better, without a round trip more.
 *
 * <pre>
 *   client: original -- the server's TLS answers in another version --> negotiated
 *   server: original -- the client's version_information names a better one --> negotiated
 *   client: original -- the server's Version Negotiation --> another original, once
 * </pre>
 */
public final class VersionChoice {
    /** What a server without version_information is taken to have said (RFC 9368 §8). */
    private static final VersionInformation ONLY_VERSION_1 =
            new VersionInformation(Versions.V1, List.of(Versions.V1));

    private final boolean client;
    private final List<Integer> speakable;
    private int original;
    private int current;
    private boolean settled;
    private boolean negotiated;

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

    /** Which of these a client speaks and likes best, or {@link Versions#NEGOTIATION} for none. */
    public int bestOf(List<Integer> offered) {
        for (int version : speakable) {
            if (offered.contains(version) && Versions.isReadable(version)) {
                return version;
            }
        }
        return Versions.NEGOTIATION;
    }

    /** A client begins again, in a version that Version Negotiation offered (RFC 9368 §2.1). */
    public void restart(int version) {
        original = version;
        current = version;
        settled = false;
        negotiated = true;
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

    /**
     * This side's version_information; null where it speaks version 1 only, which goes without
     * saying (RFC 9368 §8).
     */
    public VersionInformation own() {
        return speakable.equals(ONLY_VERSION_1.available())
                ? null
                : new VersionInformation(current, speakable);
    }

    /**
     * The other side's version_information, or null. At a server it decides.
     *
     * @throws TransportException if somebody on the way has had a hand in it (RFC 9368 §4)
     */
    void onPeer(VersionInformation told) {
        VersionInformation peer = told;
        if (peer == null) {
            require(current == original, "version changed without version_information");
            if (!negotiated) {
                return;
            }
            require(
                    current == Versions.V1,
                    "version_information is missing behind Version Negotiation");
            peer = ONLY_VERSION_1;
        }
        require(
                peer.chosen() == current,
                "chosen version is not the packet's: 0x" + Integer.toHexString(peer.chosen()));
        if (negotiated) {
            checkOffer(peer.available());
        }
        if (!client && speakable.size() > 1) {
            for (int candidate : speakable) {
                if (peer.available().contains(candidate)) {
                    current = candidate;
                    return;
                }
            }
        }
    }

    /**
     * Version Negotiation is not authenticated, this list is: it must have led to the same version
     * (RFC 9368 §4).
     */
    private void checkOffer(List<Integer> available) {
        List<Integer> offer = new ArrayList<>(available);
        offer.add(original);
        require(
                !available.isEmpty() && bestOf(offer) == original,
                "the server speaks a better version than its Version Negotiation said");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new TransportException(TransportError.VERSION_NEGOTIATION_ERROR, otherwise);
        }
    }
}
