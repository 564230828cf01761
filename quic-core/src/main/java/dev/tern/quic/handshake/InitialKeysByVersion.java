package dev.tern.quic.handshake;

import dev.tern.crypto.InitialKeys;
import dev.tern.crypto.KeySchedule;
import dev.tern.crypto.PacketProtector;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.Versions;

/**
 * The keys of Initial packets in each version that a connection may come to speak (RFC 9001 §5.2,
 * RFC 9369 §3.3.1), made when they are first needed.
 */
final class InitialKeysByVersion {
    private final boolean client;
    private final byte[] id;
    private InitialKeys version1;
    private InitialKeys version2;

    /**
     * @param destinationId of the client's first Initial, or of its first after a Retry
     */
    InitialKeysByVersion(boolean client, ConnectionId destinationId) {
        this.client = client;
        id = new byte[destinationId.length()];
        destinationId.copyTo(id, 0);
    }

    static KeySchedule schedule(int version) {
        return version == Versions.V2 ? KeySchedule.V2 : KeySchedule.V1;
    }

    PacketProtector sealer(int version) {
        return client ? keys(version).client() : keys(version).server();
    }

    PacketProtector opener(int version) {
        return client ? keys(version).server() : keys(version).client();
    }

    private InitialKeys keys(int version) {
        if (version == Versions.V2) {
            if (version2 == null) {
                version2 = InitialKeys.of(KeySchedule.V2, id, 0, id.length);
            }
            return version2;
        }
        if (version1 == null) {
            version1 = InitialKeys.of(KeySchedule.V1, id, 0, id.length);
        }
        return version1;
    }

    void destroy() {
        destroy(version1);
        destroy(version2);
        version1 = null;
        version2 = null;
    }

    private static void destroy(InitialKeys keys) {
        if (keys != null) {
            keys.client().destroy();
            keys.server().destroy();
        }
    }
}
