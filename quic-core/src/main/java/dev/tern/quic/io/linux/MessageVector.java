package dev.tern.quic.io.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/** An array of mmsghdr, each with room for an address, control messages and pieces of data. */
final class MessageVector {
    private static final long HEADER_BYTES = 64;
    private static final long NAME_LENGTH = 8;
    private static final long PIECES = 16;
    private static final long PIECE_COUNT = 24;
    private static final long CONTROL = 32;
    private static final long CONTROL_LENGTH = 40;
    private static final long RESULT_LENGTH = 56;
    private static final long PIECE_BYTES = 16;

    private final MemorySegment headers;
    private final MemorySegment names;
    private final MemorySegment controls;
    private final MemorySegment pieces;
    private final int maxPieces;

    MessageVector(NativeMemory memory, int count, int maxPieces) {
        this.maxPieces = maxPieces;
        headers = memory.take(count * HEADER_BYTES);
        names = memory.take((long) count * SocketAddress.MAX_BYTES);
        controls = memory.take((long) count * ControlMessages.MAX_BYTES);
        pieces = memory.take((long) count * maxPieces * PIECE_BYTES);
        for (int i = 0; i < count; i++) {
            long header = (long) i * HEADER_BYTES;
            headers.set(JAVA_LONG, header, names.address() + name(i));
            headers.set(JAVA_LONG, header + PIECES, pieces.address() + piece(i, 0));
            headers.set(JAVA_LONG, header + CONTROL, controls.address() + control(i));
        }
    }

    /** How much memory it takes. */
    static long bytes(int count, int maxPieces) {
        return count
                        * (HEADER_BYTES
                                + SocketAddress.MAX_BYTES
                                + ControlMessages.MAX_BYTES
                                + maxPieces * PIECE_BYTES)
                + 4 * HEADER_BYTES;
    }

    /** Where the kernel finds it, from this message on. */
    long address(int message) {
        return headers.address() + message * HEADER_BYTES;
    }

    MemorySegment names() {
        return names;
    }

    long name(int message) {
        return (long) message * SocketAddress.MAX_BYTES;
    }

    MemorySegment controls() {
        return controls;
    }

    long control(int message) {
        return (long) message * ControlMessages.MAX_BYTES;
    }

    private long piece(int message, int index) {
        return ((long) message * maxPieces + index) * PIECE_BYTES;
    }

    void nameLength(int message, int bytes) {
        headers.set(JAVA_INT, message * HEADER_BYTES + NAME_LENGTH, bytes);
    }

    void controlLength(int message, long bytes) {
        headers.set(JAVA_LONG, message * HEADER_BYTES + CONTROL_LENGTH, bytes);
    }

    long controlLength(int message) {
        return headers.get(JAVA_LONG, message * HEADER_BYTES + CONTROL_LENGTH);
    }

    void pieceCount(int message, int count) {
        headers.set(JAVA_LONG, message * HEADER_BYTES + PIECE_COUNT, count);
    }

    /** How many bytes were received. */
    int resultLength(int message) {
        return headers.get(JAVA_INT, message * HEADER_BYTES + RESULT_LENGTH);
    }

    void piece(int message, int index, long address, long bytes) {
        pieces.set(JAVA_LONG, piece(message, index), address);
        pieces.set(JAVA_LONG, piece(message, index) + Long.BYTES, bytes);
    }

    long pieceAddress(int message, int index) {
        return pieces.get(JAVA_LONG, piece(message, index));
    }

    long pieceLength(int message, int index) {
        return pieces.get(JAVA_LONG, piece(message, index) + Long.BYTES);
    }
}
