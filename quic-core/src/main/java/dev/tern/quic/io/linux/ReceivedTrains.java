package dev.tern.quic.io.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.tern.quic.io.UdpTransport;

import java.lang.foreign.MemorySegment;

/**
 * What the kernel hands over in one call: several trains, each the datagrams that arrived from one
 * source in a row (UDP_GRO), or one datagram.
 */
final class ReceivedTrains {
    private static final int TRAIN_BYTES = 1 << 16;

    /** Single datagrams come many in a call, or a call is all that one costs. */
    private static final int MAX_TRAINS = 32;

    /** Trains fill a processor's cache before there are many of them. */
    private static final int LONG_TRAINS = 4;

    private static final int LONG_BYTES = 8 << 10;

    private final RemoteTable remotes;
    private final MemorySegment buffers;
    private final MessageVector messages;
    private final ControlMessages control = new ControlMessages();
    private final byte[] slab = new byte[TRAIN_BYTES];
    private int wanted = MAX_TRAINS;
    private int available;
    private int taken;

    ReceivedTrains(NativeMemory memory, RemoteTable remotes) {
        this.remotes = remotes;
        buffers = memory.take((long) MAX_TRAINS * TRAIN_BYTES);
        messages = new MessageVector(memory, MAX_TRAINS, 1);
        for (int i = 0; i < MAX_TRAINS; i++) {
            messages.piece(i, 0, buffers.address() + (long) i * TRAIN_BYTES, TRAIN_BYTES);
            messages.pieceCount(i, 1);
            ready(i);
        }
    }

    /** How much memory it takes. */
    static long memoryBytes() {
        return (long) MAX_TRAINS * TRAIN_BYTES + MessageVector.bytes(MAX_TRAINS, 1);
    }

    /** The kernel writes what it has used of the room over what there is. */
    private void ready(int message) {
        messages.nameLength(message, SocketAddress.MAX_BYTES);
        messages.controlLength(message, ControlMessages.MAX_BYTES);
    }

    /** Whether all that was received has been handed over. */
    boolean isEmpty() {
        return taken == available;
    }

    /** Receives; returns how many trains, or minus the error. Only when {@link #isEmpty}. */
    int receive(Libc libc, int fd, int flags) {
        for (int i = 0; i < available; i++) {
            ready(i);
        }
        taken = 0;
        available = 0;
        int received = libc.receive(fd, messages.address(0), wanted, flags);
        if (received > 0) {
            available = received;
            boolean longTrains = messages.resultLength(0) > LONG_BYTES;
            wanted = longTrains ? LONG_TRAINS : MAX_TRAINS;
        }
        return received;
    }

    /** Hands the next train over; returns how many datagrams it had. */
    int deliver(UdpTransport transport, UdpTransport.Receiver receiver) {
        int train = taken++;
        int bytes = messages.resultLength(train);
        Remote source = remotes.source(messages.names(), messages.name(train));
        control.read(messages.controls(), messages.control(train), messages.controlLength(train));
        control.tell(source);
        MemorySegment.copy(buffers, JAVA_BYTE, (long) train * TRAIN_BYTES, slab, 0, bytes);
        int ecn = control.ecn();
        int full = control.segmentBytes() > 0 ? control.segmentBytes() : Math.max(1, bytes);
        receiver.onTrain();
        int count = 0;
        int offset = 0;
        do {
            int length = Math.min(full, bytes - offset);
            receiver.onDatagram(transport, source.address(), ecn, slab, offset, length);
            offset += length;
            count++;
        } while (offset < bytes);
        return count;
    }

    /** Nothing more is handed over. */
    void drop() {
        taken = available;
    }
}
