package dev.tern.quic.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import dev.tern.quic.recovery.SentPacket;
import dev.tern.quic.wire.ByteWriter;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;

class StreamAllocationTest {
    private static final int BYTES_PER_ROUND = 1100;
    private static final int HEADER_BYTES = 10;

    private final StreamPeer[] peers = StreamPeer.pair(StreamPeer.limits(1 << 20, 1 << 20, 1));
    private final SendStream send = peers[0].table.open(false).send();
    private final byte[] buffer = new byte[1200];
    private final byte[] data = new byte[BYTES_PER_ROUND];
    private final ByteWriter out = new ByteWriter();
    private final SentPacket packet = new SentPacket();
    private ReceiveStream receive;
    private long offset;

    @Test
    void shouldAllocateNothingForDataInSteadyState() {
        for (int i = 0; i < 5_000; i++) {
            carryOnePacket();
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        // The JVM itself may allocate something once, in the midst of a round; the code would in
        // each.
        long leastBytes = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++) {
                carryOnePacket();
            }
            leastBytes = Math.min(leastBytes, threads.getCurrentThreadAllocatedBytes() - before);
        }

        assertThat(leastBytes).isZero();
    }

    private void carryOnePacket() {
        send.write(data, 0, data.length);
        writePacket(peers[0].table);
        int length = BYTES_PER_ROUND;
        peers[1].table.onStream(2, offset, buffer, HEADER_BYTES, length, false);
        offset += length;
        if (receive == null) {
            receive = peers[1].opened.remove().receive();
        }
        receive.read(data, 0, data.length);
        // Every third packet is lost and sent again.
        if (offset % 3 == 0) {
            packet.notifyLost();
            packet.clear();
            writePacket(peers[0].table);
        }
        packet.notifyAcked();
        packet.clear();
        writePacket(peers[1].table);
        packet.notifyAcked();
        packet.clear();
        peers[0].table.onMaxData(offset + (1 << 20));
        peers[0].table.onMaxStreamData(2, offset + (1 << 20));
    }

    private void writePacket(StreamTable table) {
        out.wrap(buffer, 0, buffer.length);
        table.controlSource().writeFrames(out, packet, 0);
        table.dataSource().writeFrames(out, packet, 0);
    }
}
