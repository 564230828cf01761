package dev.tern.quic.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.stream.Stream;

import java.util.Arrays;
import java.util.SplittableRandom;

/** A number of bytes from client to server on one stream, compared at the end. */
final class Transfer {
    private static final long PATIENCE_NS = 60_000_000_000L;

    private final TestPeers peers;
    private final Stream stream;
    private final byte[] sent;
    private int offset;

    Transfer(TestPeers peers, Connection connection, int bytes) {
        this.peers = peers;
        this.stream = connection.streams().open(true);
        this.sent = new byte[bytes];
        new SplittableRandom(bytes).nextBytes(sent);
    }

    /** Writes so many bytes more, waiting for room where there is none. */
    Transfer write(int bytes) {
        int end = Math.min(sent.length, offset + bytes);
        while (offset < end) {
            int n = stream.send().write(sent, offset, end - offset);
            offset += n;
            peers.flush();
            if (n == 0) {
                await(() -> stream.send().writableBytes() > 0);
            }
        }
        return this;
    }

    /** Writes the rest and waits until all of it has arrived as it was sent. */
    void finish() {
        write(sent.length);
        stream.send().finish();
        peers.flush();
        await(() -> peers.serverEvents.ended.contains(stream.id()));
        byte[] received = peers.serverEvents.received.get(stream.id()).toByteArray();
        assertThat(Arrays.equals(sent, received)).isTrue();
    }

    private void await(java.util.function.BooleanSupplier condition) {
        assertThat(peers.world.runUntil(condition, peers.world.nowNs() + PATIENCE_NS)).isTrue();
    }
}
