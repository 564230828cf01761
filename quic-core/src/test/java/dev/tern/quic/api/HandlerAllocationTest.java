package dev.tern.quic.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** A handler that reads and writes makes no garbage of its own. */
@Timeout(60)
class HandlerAllocationTest {
    private static final int CHUNK_BYTES = 1000;
    private static final long WARM_UP_BYTES = 20_000_000;
    private static final long MEASURED_BYTES = 20_000_000;

    /** None, as a rule; a few segments where the pool happens to have no more. */
    private static final long MAX_ALLOCATED_BYTES = 200_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Counts what {@code readNow} and {@code writeNow} allocate, on the thread that calls them. */
    private final class Measured implements StreamHandler {
        private final ByteBuffer direct = ByteBuffer.allocateDirect(CHUNK_BYTES);
        private final byte[] array = new byte[CHUNK_BYTES];
        private final CompletableFuture<Long> allocated = new CompletableFuture<>();
        private long transferred;
        private long allocatedBytes;

        @Override
        public void onReadable(QuicStream stream) {
            long before = threads.getCurrentThreadAllocatedBytes();
            echo(stream);
            note(threads.getCurrentThreadAllocatedBytes() - before);
        }

        @Override
        public void onWritable(QuicStream stream) {
            onReadable(stream);
        }

        private void echo(QuicStream stream) {
            try {
                int count = 1;
                while (count > 0 && stream.writableBytes() >= 2 * CHUNK_BYTES) {
                    count = stream.readNow(array, 0, CHUNK_BYTES);
                    write(stream, count);
                    direct.clear();
                    int more = stream.readNow(direct);
                    stream.writeNow(direct.flip());
                    transferred += Math.max(0, more);
                }
            } catch (IOException e) {
                allocated.completeExceptionally(e);
            }
        }

        private void write(QuicStream stream, int count) throws IOException {
            if (count > 0) {
                stream.writeNow(array, 0, count);
                transferred += count;
            }
        }

        private void note(long bytes) {
            if (transferred > WARM_UP_BYTES + MEASURED_BYTES) {
                allocated.complete(allocatedBytes);
            } else if (transferred > WARM_UP_BYTES) {
                allocatedBytes += bytes;
            }
        }
    }

    @Test
    void shouldAllocateNextToNothingForEachByte() throws Exception {
        Measured measured = new Measured();
        ConnectionHandler handler =
                new ConnectionHandler() {
                    @Override
                    public void onStream(QuicConnection connection, QuicStream stream) {
                        stream.handler(measured);
                    }
                };
        try (LoopbackPair pair =
                new LoopbackPair(each -> each, each -> each.handler(handler), each -> each)) {
            QuicStream stream = pair.connect().openStream();
            LoopbackPair.inThread(
                    () -> {
                        byte[] sent = new byte[100_000];
                        while (true) {
                            stream.write(sent);
                        }
                    });
            LoopbackPair.inThread(() -> stream.inputStream().skip(Long.MAX_VALUE));

            assertThat(measured.allocated.get()).isLessThan(MAX_ALLOCATED_BYTES);
        }
    }
}
