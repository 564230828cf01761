package dev.tern.relay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.crypto.identity.PeerId;
import dev.tern.quic.wire.ConnectionId;

import org.junit.jupiter.api.Test;

class RelayIdsTest {
    private static final long MS = 1_000_000L;
    private static final long LIFETIME_MS = 10_000;
    private static final long START_MS = 1_700_000_004_000L;
    private static final long TAG = 0x0123_4567_89ab_cdefL;

    private final RelayKeys keys = new RelayKeys(new byte[32]);
    private final RelayIds ids = new RelayIds(keys, 9, LIFETIME_MS, START_MS, -1, 0);

    private static boolean reads(RelayIds by, ConnectionId id) {
        byte[] bytes = new byte[id.length() + 3];
        id.copyTo(bytes, 3);
        return by.read(bytes, 3);
    }

    @Test
    void shouldReadWhatItMinted() {
        ConnectionId id = ids.mint(TAG);

        assertThat(reads(ids, id)).isTrue();
        assertThat(ids.routeTag()).isEqualTo(TAG);
    }

    @Test
    void shouldNeverMintTheSameTwice() {
        assertThat(ids.mint(TAG)).isNotEqualTo(ids.mint(TAG));
    }

    @Test
    void shouldReadAnIdForAsLongAsItPromised() {
        for (long elapsedMs = 0; elapsedMs < 100_000; elapsedMs += 1_500) {
            ids.onTimeout(elapsedMs * MS);
            ConnectionId id = ids.mint(TAG);
            long lifetimeMs = ids.lifetimeMs(elapsedMs * MS);
            RelayIds later = new RelayIds(keys, 9, LIFETIME_MS, START_MS + elapsedMs, 0, 0);

            later.onTimeout((lifetimeMs - 1) * MS);
            assertThat(reads(later, id)).isTrue();
            later.onTimeout(lifetimeMs * MS);
            assertThat(reads(later, id)).isFalse();
            assertThat(lifetimeMs).isBetween(LIFETIME_MS, 2 * LIFETIME_MS);
        }
    }

    @Test
    void shouldReadAnOlderRelaysIdsAfterARestartWithTheSameSecret() {
        ConnectionId id = ids.mint(TAG);
        RelayIds restarted = new RelayIds(keys, 9, LIFETIME_MS, START_MS + 9_000, 5, 77);

        assertThat(reads(restarted, id)).isTrue();
        assertThat(restarted.routeTag()).isEqualTo(TAG);
    }

    @Test
    void shouldNotReadAnIdOfTheSameEpochNumberSevenEpochsLater() {
        ConnectionId id = ids.mint(TAG);

        ids.onTimeout(7 * LIFETIME_MS * MS);

        assertThat(reads(ids, id)).isFalse();
    }

    @Test
    void shouldTagByPeerAndInstance() {
        PeerId one = PeerId.of(new byte[32]);
        byte[] key = new byte[32];
        key[31] = 1;
        PeerId other = PeerId.of(key);

        assertThat(keys.routeTag(one, 1))
                .isEqualTo(new RelayKeys(new byte[32]).routeTag(one, 1))
                .isNotEqualTo(keys.routeTag(one, 2))
                .isNotEqualTo(keys.routeTag(other, 1))
                .isNotEqualTo(new RelayKeys(key).routeTag(one, 1));
    }
}
