package dev.tern.peer.inspect;

import dev.tern.crypto.CipherSuite;
import dev.tern.crypto.EncryptionLevel;
import dev.tern.crypto.InitialKeys;
import dev.tern.crypto.KeySchedule;
import dev.tern.crypto.PacketProtector;
import dev.tern.quic.wire.PacketHeader;
import dev.tern.quic.wire.PacketType;
import dev.tern.quic.wire.Versions;

import java.util.ArrayList;
import java.util.List;

/**
 * Every key that may open a packet: those of Initials, which follow from a connection ID (RFC 9001
 * §5.2), and those of a key log. Which one it is, only the packet's tag tells; so all are tried,
 * the last that fitted first.
 */
final class KeyRing {
    /** A capture may hold many connections; of those long past nothing more will come. */
    private static final int MAX_INITIAL_KEYS = 64;

    private static final int SHA384_SECRET_BYTES = 48;

    private final int windows;
    private final List<PacketKey> initial = new ArrayList<>();
    private final List<PacketKey> logged = new ArrayList<>();

    /**
     * @param windows see {@link PacketKey#open}
     */
    KeyRing(List<KeyLogFile.Secret> secrets, int windows) {
        this.windows = windows;
        for (KeyLogFile.Secret secret : secrets) {
            for (KeySchedule schedule : KeySchedule.values()) {
                for (CipherSuite suite : suites(secret.bytes().length)) {
                    logged.add(
                            new PacketKey(
                                    secret.level(),
                                    secret.client(),
                                    schedule == KeySchedule.V2,
                                    PacketProtector.fromSecret(suite, schedule, secret.bytes())));
                }
            }
        }
    }

    /** The log does not name the suite; the hash's length leaves one or two. */
    private static List<CipherSuite> suites(int secretBytes) {
        return secretBytes == SHA384_SECRET_BYTES
                ? List.of(CipherSuite.AES_256_GCM_SHA384)
                : List.of(CipherSuite.AES_128_GCM_SHA256, CipherSuite.CHACHA20_POLY1305_SHA256);
    }

    /** Whether there are any keys but those of Initials. */
    boolean hasLogged() {
        return !logged.isEmpty();
    }

    /** The packet in the clear, or null if no key fits. */
    OpenedPacket open(PacketHeader header, byte[] datagram) {
        if (!header.hasSample()) {
            return null;
        }
        if (header.type() != PacketType.INITIAL) {
            return tryAll(logged, levelOf(header.type()), header, datagram);
        }
        OpenedPacket opened = tryAll(initial, EncryptionLevel.INITIAL, header, datagram);
        return opened != null ? opened : tryAsFirst(header, datagram);
    }

    private static EncryptionLevel levelOf(PacketType type) {
        return switch (type) {
            case INITIAL -> EncryptionLevel.INITIAL;
            case HANDSHAKE -> EncryptionLevel.HANDSHAKE;
            case ZERO_RTT -> EncryptionLevel.ZERO_RTT;
            case ONE_RTT -> EncryptionLevel.ONE_RTT;
            case RETRY, VERSION_NEGOTIATION -> null;
        };
    }

    private OpenedPacket tryAll(
            List<PacketKey> keys, EncryptionLevel level, PacketHeader header, byte[] datagram) {
        for (int i = 0; i < keys.size(); i++) {
            PacketKey key = keys.get(i);
            if (key.level() != level || !isOfVersion(key, header)) {
                continue;
            }
            OpenedPacket opened = key.open(header, datagram, windows);
            if (opened != null) {
                keys.remove(i);
                keys.addFirst(key);
                return opened;
            }
        }
        return null;
    }

    /** A short header does not tell its version. */
    private static boolean isOfVersion(PacketKey key, PacketHeader header) {
        return header.type() == PacketType.ONE_RTT
                || key.version2() == (header.version() == Versions.V2);
    }

    /**
     * A client's first Initial is protected by keys made of the destination ID it carries. The
     * server may answer in the other version, with keys made of the same ID (RFC 9369 §4.1).
     */
    private OpenedPacket tryAsFirst(PacketHeader header, byte[] datagram) {
        boolean version2 = header.version() == Versions.V2;
        InitialKeys keys = keysOf(version2, header, datagram);
        PacketKey client = initialKey(true, version2, keys.client());
        OpenedPacket opened = client.open(header, datagram, windows);
        if (opened != null) {
            InitialKeys others = keysOf(!version2, header, datagram);
            initial.addFirst(initialKey(true, !version2, others.client()));
            initial.addFirst(initialKey(false, !version2, others.server()));
            initial.addFirst(client);
            initial.addFirst(initialKey(false, version2, keys.server()));
            while (initial.size() > MAX_INITIAL_KEYS) {
                initial.removeLast();
            }
        }
        return opened;
    }

    private static PacketKey initialKey(boolean client, boolean version2, PacketProtector keys) {
        return new PacketKey(EncryptionLevel.INITIAL, client, version2, keys);
    }

    private static InitialKeys keysOf(boolean version2, PacketHeader header, byte[] datagram) {
        return InitialKeys.of(
                version2 ? KeySchedule.V2 : KeySchedule.V1,
                datagram,
                header.destinationIdOffset(),
                header.destinationIdLength());
    }
}
