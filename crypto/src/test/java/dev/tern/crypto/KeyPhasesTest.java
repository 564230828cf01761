package dev.tern.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyPhasesTest {
    private static final int HEADER_BYTES = 13;
    private static final int PN_OFFSET = 9;
    private static final int PAYLOAD_BYTES = 30;
    private static final int SEALED_BYTES = PAYLOAD_BYTES + PacketProtector.TAG_BYTES;
    private static final int KEY_PHASE_BIT = 0x04;
    private static final AeadLimits SMALL = new AeadLimits(1000, 5);

    private final KeyPhases us = phases(CipherSuite.AES_128_GCM_SHA256, 1, 2, SMALL);
    private final KeyPhases peer = phases(CipherSuite.AES_128_GCM_SHA256, 2, 1, SMALL);

    private static KeyPhases phases(CipherSuite suite, int send, int receive, AeadLimits limits) {
        return new KeyPhases(protector(suite, send), protector(suite, receive), limits);
    }

    private static PacketProtector protector(CipherSuite suite, int seed) {
        byte[] secret = new byte[suite.hash().bytes()];
        secret[0] = (byte) seed;
        return PacketProtector.fromSecret(suite, KeySchedule.V1, secret);
    }

    private static byte[] seal(KeyPhases from, long packetNumber) {
        byte[] packet = new byte[HEADER_BYTES + SEALED_BYTES];
        packet[0] = (byte) (0x40 | (from.sendPhaseBit() ? KEY_PHASE_BIT : 0) | 3);
        from.seal(0, packetNumber, packet, 0, HEADER_BYTES, PAYLOAD_BYTES);
        from.protectHeader(packet, 0, PN_OFFSET, 4);
        return packet;
    }

    private static boolean opens(KeyPhases at, long packetNumber, byte[] packet) {
        assertThat(at.unprotectHeader(packet, 0, PN_OFFSET)).isEqualTo(4);
        boolean phase = (packet[0] & KEY_PHASE_BIT) != 0;
        return at.open(phase, 0, packetNumber, packet, 0, HEADER_BYTES, SEALED_BYTES)
                == PAYLOAD_BYTES;
    }

    private static boolean passes(KeyPhases from, KeyPhases to, long packetNumber) {
        return opens(to, packetNumber, seal(from, packetNumber));
    }

    /** Our update, the peer's answer and acknowledgment, and the old keys dropped. */
    private void completeUpdate(long packetNumber) {
        us.update();
        assertThat(passes(us, peer, packetNumber)).isTrue();
        assertThat(passes(peer, us, packetNumber)).isTrue();
        us.onAcknowledged(packetNumber);
        us.dropPrevious();
        peer.dropPrevious();
    }

    @ParameterizedTest
    @EnumSource
    void shouldTalkThroughManyUpdatesOfEitherSide(CipherSuite suite) {
        KeyPhases left = phases(suite, 1, 2, SMALL);
        KeyPhases right = phases(suite, 2, 1, SMALL);
        left.onHandshakeConfirmed();
        right.onHandshakeConfirmed();
        for (int i = 0; i < 20; i += 2) {
            KeyPhases first = i % 4 == 0 ? left : right;
            KeyPhases second = i % 4 == 0 ? right : left;
            assertThat(passes(first, second, i)).isTrue();
            first.update();
            assertThat(passes(first, second, i + 1)).isTrue();
            assertThat(passes(second, first, i + 1)).isTrue();
            left.onAcknowledged(i + 1);
            right.onAcknowledged(i + 1);
            left.dropPrevious();
            right.dropPrevious();
        }
    }

    @Test
    void shouldToggleTheBitAtAnUpdate() {
        us.onHandshakeConfirmed();

        assertThat(us.sendPhaseBit()).isFalse();
        us.update();

        assertThat(us.sendPhaseBit()).isTrue();
    }

    @Test
    void shouldFollowThePeersUpdateAtOnce() {
        us.onHandshakeConfirmed();
        us.update();

        assertThat(passes(us, peer, 1)).isTrue();

        assertThat(peer.sendPhaseBit()).isTrue();
        assertThat(peer.keepsPrevious()).isTrue();
    }

    @Test
    void shouldNotUpdateBeforeTheHandshakeIsConfirmed() {
        assertThat(us.mayUpdate()).isFalse();
        assertThatThrownBy(us::update).isInstanceOf(IllegalStateException.class);

        us.onHandshakeConfirmed();

        assertThat(us.mayUpdate()).isTrue();
    }

    @Test
    void shouldNotUpdateAgainBeforeThePeerHasFollowedAcknowledgedAndPreviousKeysAreDropped() {
        us.onHandshakeConfirmed();
        us.update();
        assertThat(us.mayUpdate()).isFalse();

        assertThat(passes(us, peer, 1)).isTrue();
        assertThat(passes(peer, us, 1)).isTrue();
        assertThat(us.mayUpdate()).isFalse();

        us.onAcknowledged(1);
        assertThat(us.mayUpdate()).isFalse();

        us.dropPrevious();
        assertThat(us.mayUpdate()).isTrue();
    }

    @Test
    void shouldNotTakeTheAcknowledgmentOfAnOlderPacketForConfirmation() {
        us.onHandshakeConfirmed();
        passes(us, peer, 1);
        us.update();
        passes(us, peer, 2);
        passes(peer, us, 2);
        us.dropPrevious();

        us.onAcknowledged(1);

        assertThat(us.mayUpdate()).isFalse();
    }

    @Test
    void shouldOpenLatePacketsWithThePreviousKeys() {
        peer.onHandshakeConfirmed();
        byte[] late = seal(peer, 1);
        peer.update();
        passes(peer, us, 2);

        assertThat(opens(us, 1, late)).isTrue();
    }

    @Test
    void shouldNotOpenLatePacketsOnceThePreviousKeysAreDropped() {
        peer.onHandshakeConfirmed();
        byte[] late = seal(peer, 1);
        peer.update();
        passes(peer, us, 2);

        us.dropPrevious();

        assertThat(us.keepsPrevious()).isFalse();
        assertThat(opens(us, 1, late)).isFalse();
    }

    @Test
    void shouldNotUpdateForAForgedPhaseBit() {
        byte[] packet = seal(peer, 1);
        byte[] forged = packet.clone();
        forged[0] ^= KEY_PHASE_BIT;

        assertThat(opens(us, 1, forged)).isFalse();

        assertThat(us.sendPhaseBit()).isFalse();
        assertThat(opens(us, 1, packet)).isTrue();
    }

    @Test
    void shouldRefuseNewKeysBelowOldOnes() {
        peer.onHandshakeConfirmed();
        passes(peer, us, 5);
        peer.update();

        assertThatThrownBy(() -> passes(peer, us, 4)).isInstanceOf(KeyUpdateException.class);
    }

    @Test
    void shouldRefuseNewKeysBelowALatePacketWithOldOnes() {
        peer.onHandshakeConfirmed();
        byte[] late = seal(peer, 8);
        peer.update();
        passes(peer, us, 9);
        opens(us, 8, late);

        assertThatThrownBy(() -> passes(peer, us, 7)).isInstanceOf(KeyUpdateException.class);
    }

    @Test
    void shouldRefuseASecondUpdateBeforeTheFirstCanBeConfirmed() {
        KeyPhases silent = phases(CipherSuite.AES_128_GCM_SHA256, 1, 2, SMALL);
        peer.onHandshakeConfirmed();
        peer.update();
        byte[] first = seal(peer, 1);
        assertThat(opens(silent, 1, first.clone())).isTrue();
        // Somebody else, with the same keys, confirms the update that the silent one has not.
        assertThat(opens(us, 1, first)).isTrue();
        assertThat(passes(us, peer, 1)).isTrue();
        peer.onAcknowledged(1);
        peer.dropPrevious();
        peer.update();

        assertThatThrownBy(() -> passes(peer, silent, 2)).isInstanceOf(KeyUpdateException.class);
    }

    @Test
    void shouldRefuseAnAcknowledgmentOfNewKeysInAPacketWithOldOnes() {
        us.onHandshakeConfirmed();
        us.update();
        seal(us, 1);
        passes(peer, us, 1);

        assertThatThrownBy(() -> us.onAcknowledged(1)).isInstanceOf(KeyUpdateException.class);
    }

    @Test
    void shouldAskForAnUpdateInTimeAndSealNoMoreThanTheLimit() {
        us.onHandshakeConfirmed();
        long number = 0;
        while (!us.isUpdateDue()) {
            seal(us, number++);
        }
        assertThat(number).isEqualTo(SMALL.confidentialityPackets() / 2);
        while (!us.isExhausted()) {
            seal(us, number++);
        }
        assertThat(number).isBetween(900L, 990L);
        while (number < SMALL.confidentialityPackets()) {
            seal(us, number++);
        }
        long beyond = number;

        assertThatThrownBy(() -> seal(us, beyond))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("1000 packets");

        us.update();
        assertThat(us.isUpdateDue()).isFalse();
        assertThat(us.isExhausted()).isFalse();
    }

    @Test
    void shouldCountFailuresAcrossKeys() {
        us.onHandshakeConfirmed();
        for (int i = 0; i < 3; i++) {
            forge(false, 100 + i);
        }
        completeUpdate(200);
        assertThat(us.isExhausted()).isFalse();
        for (int i = 0; i < 2; i++) {
            forge(true, 300 + i);
        }

        assertThat(us.isExhausted()).isTrue();
    }

    private void forge(boolean phaseBit, long packetNumber) {
        byte[] packet = new byte[HEADER_BYTES + SEALED_BYTES];
        assertThat(us.open(phaseBit, 0, packetNumber, packet, 0, HEADER_BYTES, SEALED_BYTES))
                .isEqualTo(-1);
    }

    @Test
    void shouldHaveTheLimitsOfTheRfc() {
        assertThat(protector(CipherSuite.AES_128_GCM_SHA256, 1).limits())
                .isEqualTo(new AeadLimits(1L << 23, 1L << 52));
        assertThat(protector(CipherSuite.AES_256_GCM_SHA384, 1).limits())
                .isEqualTo(new AeadLimits(1L << 23, 1L << 52));
        assertThat(protector(CipherSuite.CHACHA20_POLY1305_SHA256, 1).limits())
                .isEqualTo(new AeadLimits(1L << 62, 1L << 36));
    }

    @Test
    void shouldProtectTrains() {
        PacketTrain train = new PacketTrain(3);
        int distance = HEADER_BYTES + SEALED_BYTES;
        byte[] buffer = new byte[3 * distance];
        for (int i = 0; i < 3; i++) {
            int start = i * distance;
            buffer[start] = 0x43;
            train.add(i, start, start + PN_OFFSET, start + HEADER_BYTES, PAYLOAD_BYTES);
        }

        us.protect(0, buffer, train);

        for (int i = 0; i < 3; i++) {
            byte[] packet = new byte[distance];
            System.arraycopy(buffer, i * distance, packet, 0, distance);
            assertThat(opens(peer, i, packet)).isTrue();
        }
    }

    @Test
    void shouldNotSealOnceDestroyed() {
        us.destroy();

        assertThatThrownBy(() -> seal(us, 1)).isInstanceOf(IllegalStateException.class);
    }
}
