package dev.tern.quic.connection;

import dev.tern.crypto.KeySchedule;
import dev.tern.crypto.RetryIntegrity;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.PacketHeader;
import dev.tern.quic.wire.VersionNegotiationPacket;
import dev.tern.quic.wire.Versions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a server may answer to a client's first flight before there is a connection: Retry (RFC 9000
 * §17.2.5) and Version Negotiation (§6.2). Neither is authenticated, so each counts only while
 * nothing authentic has arrived, and Retry only once.
 */
final class ClientFirstFlight {
    /** What follows from it. */
    interface Listener {
        /** The server wants its token back, and to be called by another ID. */
        void onRetry(ConnectionId retrySourceId, byte[] token);

        /** The server does not speak this version, but those. */
        void onVersionNegotiation(List<Integer> offered);
    }

    private final Listener listener;
    private ConnectionId originalId;
    private int version;
    private boolean over;
    private boolean retried;
    private boolean negotiated;

    ClientFirstFlight(ConnectionId originalId, int version, Listener listener) {
        this.originalId = originalId;
        this.version = version;
        this.listener = listener;
    }

    /**
     * Another first flight leaves, in a version that the server has offered. No offer counts any
     * more (RFC 9368 §4): else forged ones could keep it going in circles.
     */
    void restart(int newVersion, ConnectionId newOriginalId) {
        version = newVersion;
        originalId = newOriginalId;
        negotiated = true;
    }

    /** Something authentic arrived. */
    void onAuthenticated() {
        over = true;
    }

    /** A Retry packet arrived, to an ID of ours. */
    void onRetry(PacketHeader header, byte[] buffer) {
        if (over || retried || header.version() != version) {
            return;
        }
        ConnectionId source =
                ConnectionId.of(buffer, header.sourceIdOffset(), header.sourceIdLength());
        if (source.equals(originalId) || !isIntact(header, buffer)) {
            return;
        }
        retried = true;
        int tokenOffset = header.tokenOffset();
        listener.onRetry(
                source,
                Arrays.copyOfRange(buffer, tokenOffset, tokenOffset + header.tokenLength()));
    }

    private boolean isIntact(PacketHeader header, byte[] buffer) {
        byte[] original = new byte[originalId.length()];
        originalId.copyTo(original, 0);
        return RetryIntegrity.verify(
                version == Versions.V2 ? KeySchedule.V2 : KeySchedule.V1,
                original,
                0,
                original.length,
                buffer,
                header.packetOffset(),
                header.packetLength());
    }

    /** A Version Negotiation packet arrived, to an ID of ours. */
    void onVersionNegotiation(PacketHeader header, byte[] buffer) {
        boolean answersUs =
                originalId.matches(buffer, header.sourceIdOffset(), header.sourceIdLength());
        if (over || retried || negotiated || !answersUs) {
            return;
        }
        List<Integer> offered = new ArrayList<>();
        for (int i = 0; i < VersionNegotiationPacket.versionCount(header); i++) {
            offered.add(VersionNegotiationPacket.version(buffer, header, i));
        }
        if (!offered.contains(version)) { // else it contradicts itself: RFC 9000 §6.2
            listener.onVersionNegotiation(offered);
        }
    }
}
