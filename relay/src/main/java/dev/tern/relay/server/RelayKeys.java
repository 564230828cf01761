package dev.tern.relay.server;

import dev.tern.crypto.Hkdf;
import dev.tern.crypto.HmacSha256;
import dev.tern.crypto.identity.PeerId;
import dev.tern.quic.wire.ByteReader;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Everything that follows from a relay's secret. */
final class RelayKeys {
    private static final byte[] SALT = "tern relay".getBytes(StandardCharsets.US_ASCII);
    private static final String EPOCH_LABEL = "relay id epoch";
    private static final String RESET_LABEL = "relay reset";
    private static final int RESET_KEY_BYTES = 32;

    private final byte[] secret;
    private final byte[] pseudorandomKey;

    RelayKeys(byte[] secret) {
        this.secret = secret.clone();
        this.pseudorandomKey = Hkdf.extract(SALT, secret);
    }

    /** The cipher of the n-th epoch since 1970. */
    EpochCipher epoch(long number) {
        byte[] context = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
        return new EpochCipher(
                Hkdf.expandLabel(pseudorandomKey, EPOCH_LABEL, context, EpochCipher.KEY_BYTES));
    }

    /** From which stateless reset tokens follow: a restarted relay must know the old ones. */
    byte[] resetKey() {
        return Hkdf.expandLabel(pseudorandomKey, RESET_LABEL, RESET_KEY_BYTES);
    }

    /** What a registration's connection IDs carry (DESIGN §4). Never 0, which is the relay. */
    long routeTag(PeerId peer, long instance) {
        byte[] instanceBytes = ByteBuffer.allocate(Long.BYTES).putLong(instance).array();
        byte[] mac = HmacSha256.mac(secret, peer.bytes(), instanceBytes);
        long tag = new ByteReader().wrap(mac, 0, mac.length).readLong();
        return tag == RelayIds.RELAY_TAG ? 1 : tag;
    }
}
