package dev.tern.quic.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.quic.recovery.AckTracker;
import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

class PacketNumberSpaceTest {
    private final PacketNumberSpace space =
            new PacketNumberSpace(EncryptionLevel.ONE_RTT, new AckTracker(0, 3));

    @Test
    void shouldCloseOnAckOfNumberThatWasSkipped() {
        space.skipNumbers(new SplittableRandom(7));
        long skipped = sendUntilOneIsSkipped();

        assertThatNoException().isThrownBy(() -> space.checkAckRange(0, skipped - 1));
        assertThatNoException().isThrownBy(() -> space.checkAckRange(skipped + 1, skipped + 1));
        assertThatExceptionOfType(TransportException.class)
                .isThrownBy(() -> space.checkAckRange(skipped - 1, skipped + 1))
                .matches(e -> e.code() == TransportError.PROTOCOL_VIOLATION);
    }

    @Test
    void shouldUseEveryNumberInTheHandshake() {
        for (int i = 0; i < 1000; i++) {
            assertThat(space.nextPacketNumber()).isEqualTo(i);
            space.takePacketNumber();
        }
    }

    private long sendUntilOneIsSkipped() {
        for (int i = 0; i < 1000; i++) {
            long before = space.nextPacketNumber();
            space.takePacketNumber();
            if (space.nextPacketNumber() == before + 2) {
                return before + 1;
            }
        }
        throw new AssertionError("no number was skipped");
    }
}
