package dev.tern.quic.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.stream.Stream;

import org.junit.jupiter.api.Test;

/** A connection that always has something to send: its turn never ends by itself. */
class BusyConnectionTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long ROUND_NS = SECOND / 1000;
    private static final int DATAGRAMS_IN_ROUND = 8;

    private final TestPeers peers = new TestPeers(11, false);
    private final Transmit transmit = new Transmit();
    private final byte[] data = new byte[1 << 16];
    private long nowNs;

    /** An agent that takes fewer datagrams in a round than there are, and hands them over. */
    private void round(Stream stream) {
        stream.send().write(data, 0, data.length);
        for (int i = 0; i < DATAGRAMS_IN_ROUND && peers.client.pollTransmit(transmit, nowNs); i++) {
            peers.server.onDatagram(
                    TestPeers.SERVER,
                    TestPeers.CLIENT,
                    0,
                    transmit.buffer(),
                    0,
                    transmit.length(),
                    nowNs);
        }
        while (peers.server.pollTransmit(transmit, nowNs)) {
            peers.client.onDatagram(
                    TestPeers.CLIENT,
                    TestPeers.SERVER,
                    0,
                    transmit.buffer(),
                    0,
                    transmit.length(),
                    nowNs);
        }
        nowNs += ROUND_NS;
        if (peers.client.nextDeadlineNs() <= nowNs) {
            peers.client.onTimeout(nowNs);
        }
        if (peers.server.nextDeadlineNs() <= nowNs) {
            peers.server.onTimeout(nowNs);
        }
    }

    @Test
    void shouldLetItsTimersRunAsWell() {
        Connection client = peers.connect();
        assertThat(peers.runUntilEstablished(client, 10 * SECOND)).isTrue();
        Stream stream = client.streams().open(false);
        nowNs = peers.world.nowNs();
        client.updateKeys();
        long endNs = nowNs + SECOND;

        while (nowNs < endNs) {
            round(stream);
            assertThat(stream.send().writableBytes()).isLessThan(1 << 20);
        }
        client.updateKeys(); // possible only when a timer has dropped the old keys
        round(stream);

        assertThat(client.keyUpdates()).isEqualTo(2);
    }
}
