package dev.tern.quic.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.recovery.SentPacket;
import dev.tern.quic.wire.ByteWriter;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class CryptoStreamTest {
    private final CryptoStream stream = new CryptoStream();
    private final byte[] packet = new byte[100];

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** What is sent now, its frame's header included. */
    private String sent() {
        ByteWriter out = new ByteWriter().wrap(packet, 0, packet.length);
        stream.writeFrames(out, new SentPacket());
        return new String(packet, 0, out.position(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void shouldSendLostBytesAgain() {
        stream.write(bytes("hello"));
        assertThat(sent()).endsWith("hello");

        stream.onFrameLost(0, 5);

        assertThat(sent()).endsWith("hello");
        assertThat(stream.hasDataToSend()).isFalse();
    }

    @Test
    void shouldSendNothingThatWasAcknowledgedAfterItSeemedLost() {
        stream.write(bytes("hello"));
        assertThat(sent()).endsWith("hello");
        stream.onFrameLost(0, 5);

        stream.onFrameAcked(0, 5);

        assertThat(stream.hasDataToSend()).isFalse();
        assertThat(sent()).isEmpty();
    }

    @Test
    void shouldSendWhatIsWrittenAfterAllWasAcknowledged() {
        stream.write(bytes("hello"));
        assertThat(sent()).endsWith("hello");
        stream.onFrameAcked(0, 5);

        stream.write(bytes("ticket"));

        assertThat(sent()).endsWith("\6\5\6ticket");
        stream.onFrameLost(5, 6);
        assertThat(sent()).endsWith("\6\5\6ticket");
    }

    @Test
    void shouldKeepAllUntilTheFirstByteIsAcknowledged() {
        stream.write(bytes("hello"));
        assertThat(sent()).endsWith("hello");

        stream.onFrameAcked(2, 3);
        stream.onFrameLost(0, 2);

        assertThat(sent()).endsWith("he");
    }

    @Test
    void shouldSendNothingOnceItsKeysAreGone() {
        stream.write(bytes("hello"));
        assertThat(sent()).endsWith("hello");
        stream.onFrameLost(0, 5);

        stream.discard();
        stream.onFrameLost(0, 5);

        assertThat(stream.hasDataToSend()).isFalse();
    }

    @Test
    void shouldTakeMoreAfterAllWasRead() {
        assertThat(stream.onData(0, bytes("hello"), 0, 5)).isEqualTo(5);
        assertThat(stream.read(5)).asString(StandardCharsets.US_ASCII).isEqualTo("hello");

        assertThat(stream.onData(7, bytes("go"), 0, 2)).isZero();
        assertThat(stream.onData(5, bytes("++"), 0, 2)).isEqualTo(4);
        assertThat(stream.read(4)).asString(StandardCharsets.US_ASCII).isEqualTo("++go");
    }
}
