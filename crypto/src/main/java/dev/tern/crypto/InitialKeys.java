package dev.tern.crypto;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The keys of Initial packets, which anyone can derive from the first Destination Connection ID
 * (RFC 9001 §5.2).
 *
 * @param client protects what the client sends
 * @param server protects what the server sends
 */
public record InitialKeys(PacketProtector client, PacketProtector server) {
    private static final byte[] V1_SALT =
            HexFormat.of().parseHex("38762cf7f55934b34d179ae6a4c80cadccbb7f0a");

    /** Those of QUIC version 1, for the client's first Destination Connection ID. */
    public static InitialKeys v1(byte[] dcid, int offset, int length) {
        byte[] secret = Hkdf.extract(V1_SALT, Arrays.copyOfRange(dcid, offset, offset + length));
        return new InitialKeys(protector(secret, "client in"), protector(secret, "server in"));
    }

    private static PacketProtector protector(byte[] secret, String label) {
        return PacketProtector.fromSecret(
                CipherSuite.AES_128_GCM_SHA256,
                Hkdf.expandLabel(secret, label, HmacSha256.MAC_BYTES));
    }
}
