package dev.tern.quic.io.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The memory that a socket shares with the kernel, handed out piece by piece. Straight from the
 * kernel, so that a page takes room only once something was written to it: buffers can be as large
 * as the largest train, and a socket that is little used stays small.
 */
final class NativeMemory implements AutoCloseable {
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
    private static final int ALIGNMENT = 64;

    /** Nobody looks at the error of unmapping, so that threads may share where it is left. */
    private static final Libc UNMAPPING = new Libc();

    private final Arena arena = Arena.ofShared();
    private final MemorySegment all;
    private long used;

    @SuppressWarnings("restricted")
    NativeMemory(Libc libc, long bytes) throws IOException {
        long address = libc.map(bytes, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS);
        if (address < 0) {
            throw new IOException("no memory for a socket: " + Errno.describe((int) -address));
        }
        all =
                MemorySegment.ofAddress(address)
                        .reinterpret(bytes, arena, memory -> UNMAPPING.unmap(address, bytes));
    }

    /** A piece of zeroes, aligned for everything. */
    MemorySegment take(long bytes) {
        MemorySegment piece = all.asSlice(used, bytes);
        used += (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        return piece;
    }

    @Override
    public void close() {
        arena.close();
    }
}
