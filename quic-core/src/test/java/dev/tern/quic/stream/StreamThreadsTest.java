package dev.tern.quic.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.flow.BufferTuning;
import dev.tern.quic.frame.FrameReader;
import dev.tern.quic.recovery.SentPacket;
import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.PacketType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** One thread writes, one reads, one is the agent of both sides; nobody waits in a lock. */
class StreamThreadsTest {
    private static final long TOTAL_BYTES = 3_000_000;
    private static final int BLOCK_BYTES = 3001;

    /** Hands over what application threads did, as an agent's queue does. */
    private static final class HandOver implements StreamWaker {
        private final Queue<Stream> written = new ConcurrentLinkedQueue<>();
        private final AtomicReference<Stream> opened = new AtomicReference<>();

        @Override
        public void onStreamWritten(Stream stream) {
            written.add(stream);
        }

        @Override
        public void onReadable(Stream stream) {}

        @Override
        public void onWritable(Stream stream) {}

        @Override
        public void onOpened(Stream stream) {
            opened.set(stream);
        }

        void serve(StreamTable table) {
            Stream stream;
            while ((stream = written.poll()) != null) {
                table.onWritten(stream);
            }
        }
    }

    @Test
    @Timeout(30)
    void shouldCarryEveryByteBetweenThreads() throws InterruptedException {
        StreamLimits limits = StreamPeer.limits(100_000, 70_000, 1);
        HandOver clientWaker = new HandOver();
        HandOver serverWaker = new HandOver();
        SegmentPool pool = new SegmentPool(1 << 20);
        StreamTable client =
                new StreamTable(false, limits, BufferTuning.fixed(50_000), pool, clientWaker);
        StreamTable server =
                new StreamTable(true, limits, BufferTuning.fixed(50_000), pool, serverWaker);
        client.onPeerLimits(limits);
        server.onPeerLimits(limits);
        Stream stream = client.open(false);
        AtomicLong wrong = new AtomicLong();
        AtomicLong received = new AtomicLong(-1);
        Thread writer = Thread.ofPlatform().unstarted(() -> write(stream.send()));
        Thread reader = Thread.ofPlatform().unstarted(() -> received.set(read(serverWaker, wrong)));

        writer.start();
        reader.start();
        runAgent(client, clientWaker, server, serverWaker);
        writer.join();
        reader.join();

        assertThat(received).hasValue(TOTAL_BYTES);
        assertThat(wrong).hasValue(0);
    }

    private static byte at(long position) {
        return (byte) (position ^ position >>> 8 ^ position >>> 16);
    }

    private static void write(SendStream stream) {
        byte[] block = new byte[BLOCK_BYTES];
        long position = 0;
        while (position < TOTAL_BYTES) {
            int length = (int) Math.min(BLOCK_BYTES, TOTAL_BYTES - position);
            for (int i = 0; i < length; i++) {
                block[i] = at(position + i);
            }
            int written = 0;
            while (written < length) {
                int count = stream.write(block, written, length - written);
                if (count == 0) {
                    Thread.onSpinWait();
                }
                written += count;
            }
            position += length;
        }
        stream.finish();
    }

    private static long read(HandOver waker, AtomicLong wrong) {
        Stream stream;
        while ((stream = waker.opened.get()) == null) {
            Thread.onSpinWait();
        }
        byte[] block = new byte[BLOCK_BYTES + 7];
        long position = 0;
        int count;
        while ((count = stream.receive().read(block, 0, block.length)) >= 0) {
            if (count == 0) {
                Thread.onSpinWait();
            }
            for (int i = 0; i < count; i++) {
                if (block[i] != at(position + i)) {
                    wrong.incrementAndGet();
                }
            }
            position += count;
        }
        return position;
    }

    private static void runAgent(
            StreamTable client, HandOver clientWaker, StreamTable server, HandOver serverWaker) {
        StreamFrameRouter toClient = new StreamFrameRouter(client);
        StreamFrameRouter toServer = new StreamFrameRouter(server);
        boolean opened = false;
        while (!opened || client.streamCount() + server.streamCount() > 0) {
            clientWaker.serve(client);
            serverWaker.serve(server);
            carry(client, toServer);
            carry(server, toClient);
            opened |= server.streamCount() > 0;
        }
    }

    private static void carry(StreamTable from, StreamFrameRouter to) {
        byte[] buffer = new byte[1200];
        ByteWriter out = new ByteWriter().wrap(buffer, 0, buffer.length);
        SentPacket packet = new SentPacket();
        from.controlSource().writeFrames(out, packet, 0);
        from.dataSource().writeFrames(out, packet, 0);
        if (out.position() > 0) {
            ByteReader in = new ByteReader().wrap(buffer, 0, out.position());
            new FrameReader().read(in, PacketType.ONE_RTT, to);
            to.takeNames();
            to.takePieces();
            packet.notifyAcked();
        }
    }
}
