package dev.tern.crypto.tls;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

class MessageBufferTest {
    @Property(tries = 200)
    void shouldGiveTheSameMessagesForAnyPieces(
            @ForAll @Size(max = 20) List<@IntRange(max = 3000) Integer> bodyLengths,
            @ForAll @IntRange(min = 1, max = 5000) int pieceLength) {
        List<byte[]> sent = new ArrayList<>();
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int bodyLength : bodyLengths) {
            byte[] message = message(bodyLength);
            sent.add(message);
            stream.writeBytes(message);
        }

        List<byte[]> read = readInPieces(stream.toByteArray(), pieceLength);

        assertThat(read.toArray(new byte[0][])).isDeepEqualTo(sent.toArray(new byte[0][]));
    }

    private static List<byte[]> readInPieces(byte[] bytes, int pieceLength) {
        MessageBuffer buffer = new MessageBuffer();
        List<byte[]> messages = new ArrayList<>();
        for (int offset = 0; offset < bytes.length; offset += pieceLength) {
            assertThat(buffer.add(bytes, offset, Math.min(pieceLength, bytes.length - offset)))
                    .isTrue();
            for (byte[] next = buffer.next(); next != null; next = buffer.next()) {
                messages.add(next);
            }
        }
        assertThat(buffer.pendingBytes()).isZero();
        return messages;
    }

    private static byte[] message(int bodyLength) {
        byte[] message = new byte[MessageBuffer.HEADER_BYTES + bodyLength];
        message[0] = 1;
        message[2] = (byte) (bodyLength >>> 8);
        message[3] = (byte) bodyLength;
        for (int i = MessageBuffer.HEADER_BYTES; i < message.length; i++) {
            message[i] = (byte) i;
        }
        return message;
    }

    @Test
    void shouldTakeNoMoreThanItsLimit() {
        MessageBuffer buffer = new MessageBuffer();

        assertThat(buffer.add(new byte[MessageBuffer.MAX_PENDING_BYTES], 0, 65_536)).isTrue();
        assertThat(buffer.add(new byte[1], 0, 1)).isFalse();
    }
}
