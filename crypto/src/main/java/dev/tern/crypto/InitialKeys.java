package dev.tern.crypto;

import java.util.Arrays;

/**
 * The keys of Initial packets, which anyone can derive from the first Destination Connection ID
 * (RFC 9001 §5.2).
 *
 * @param client protects what the client sends
 * @param server protects what the server sends
 */
public record InitialKeys(PacketProtector client, PacketProtector server) {
    private static final CipherSuite SUITE = CipherSuite.AES_128_GCM_SHA256;

    /** Those of a QUIC version, for the client's first Destination Connection ID. */
    public static InitialKeys of(KeySchedule schedule, byte[] dcid, int offset, int length) {
        byte[] secret = schedule.initialSecret(Arrays.copyOfRange(dcid, offset, offset + length));
        return new InitialKeys(
                protector(schedule, secret, "client in"), protector(schedule, secret, "server in"));
    }

    /** Those of QUIC version 1. */
    public static InitialKeys v1(byte[] dcid, int offset, int length) {
        return of(KeySchedule.V1, dcid, offset, length);
    }

    private static PacketProtector protector(KeySchedule schedule, byte[] secret, String label) {
        return PacketProtector.fromSecret(
                SUITE, schedule, Hkdf.expandLabel(secret, label, SUITE.hash().bytes()));
    }
}
