package dev.tern.quic.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.stream.Stream;

import java.util.function.BooleanSupplier;

/**
 * Bytes from one side to the other, on streams that are opened as the other allows; each byte
 * follows from its place.
 */
final class Delivery {
    private static final int PIECE_BYTES = 1 << 16;

    private final TestPeers peers;
    private final Connection from;
    private final RecordingListener to;
    private final long patienceNs;

    /**
     * @param patienceNs how long it may take
     */
    Delivery(TestPeers peers, Connection from, RecordingListener to, long patienceNs) {
        this.peers = peers;
        this.from = from;
        this.to = to;
        this.patienceNs = patienceNs;
    }

    /** Sends as many streams of so many bytes, one after the other as they may be opened. */
    void send(int streams, int bytes) {
        for (int i = 0; i < streams; i++) {
            Stream stream = open();
            write(stream, bytes);
        }
        await(() -> to.ended.size() == streams);
        for (byte[] received : to.received.values().stream().map(r -> r.toByteArray()).toList()) {
            assertThat(received).hasSize(bytes);
            for (int i = 0; i < bytes; i++) {
                if (received[i] != at(i)) {
                    assertThat(received[i]).as("byte " + i).isEqualTo(at(i));
                }
            }
        }
        assertThat(bytes == 0 || to.received.size() == streams).isTrue();
    }

    private Stream open() {
        Stream[] opened = {from.streams().open(false)};
        if (opened[0] == null) {
            peers.flush();
            await(() -> (opened[0] = from.streams().open(false)) != null);
        }
        return opened[0];
    }

    private void write(Stream stream, int bytes) {
        byte[] piece = new byte[PIECE_BYTES];
        int offset = 0;
        while (offset < bytes) {
            int length = Math.min(PIECE_BYTES, bytes - offset);
            for (int i = 0; i < length; i++) {
                piece[i] = at(offset + i);
            }
            int written = stream.send().write(piece, 0, length);
            offset += written;
            peers.flush();
            if (written == 0) {
                await(() -> stream.send().writableBytes() > 0);
            }
        }
        stream.send().finish();
        peers.flush();
    }

    private static byte at(int offset) {
        return (byte) (offset * 0x9E3779B1 >>> 24);
    }

    private void await(BooleanSupplier condition) {
        assertThat(peers.world.runUntil(condition, peers.world.nowNs() + patienceNs))
                .as("done in time")
                .isTrue();
    }
}
