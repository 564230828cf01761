package dev.tern.quic.io.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.tern.quic.io.UdpTransport;
import dev.tern.quic.path.IcmpError;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;

/**
 * What the kernel keeps for a socket beside what arrives: ICMP messages about datagrams that it
 * sent (IP_RECVERR). Read a batch at a time, and kept until they can be told; more than so many are
 * forgotten.
 */
final class ErrorQueue {
    private static final int MSG_ERRQUEUE = 0x2000;

    private static final int BATCH = 16;
    private static final int MOST_KEPT = 64;

    /** Both connection IDs of a long header, and a little. */
    private static final int QUOTED_BYTES = 64;

    /** A refused send lets one message wait for each; an attacker's must not take all the time. */
    private static final int MAX_RETRIES = 16;

    private final Libc libc;
    private final MemorySegment quotes;
    private final MessageVector messages;
    private final ControlMessages control = new ControlMessages();
    private final ArrayDeque<Report> kept = new ArrayDeque<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Report(Remote destination, IcmpError error, int mtuBytes, byte[] quoted) {}

    ErrorQueue(Libc libc, NativeMemory memory) {
        this.libc = libc;
        quotes = memory.take((long) BATCH * QUOTED_BYTES);
        messages = new MessageVector(memory, BATCH, 1);
        for (int i = 0; i < BATCH; i++) {
            messages.piece(i, 0, quotes.address() + (long) i * QUOTED_BYTES, QUOTED_BYTES);
            messages.pieceCount(i, 1);
        }
    }

    /** How much memory it takes. */
    static long memoryBytes() {
        return (long) BATCH * QUOTED_BYTES + MessageVector.bytes(BATCH, 1);
    }

    /**
     * An ICMP message that waits fails the next send, which may be about another destination: reads
     * what waits, and sends again.
     *
     * @param error why the messages were refused, negative
     * @return as the first send should have returned
     */
    int resend(int error, int fd, long first, int count, int flags) {
        int sent = error;
        for (int i = 0; i < MAX_RETRIES && isRefusal(sent); i++) {
            if (!read(fd) && i > 0) {
                break; // it was no message that waited
            }
            sent = libc.send(fd, first, count, flags);
        }
        return sent;
    }

    private static boolean isRefusal(int sent) {
        return sent < 0 && sent != -Errno.EAGAIN && sent != -Errno.EINTR && sent != -Errno.ENOBUFS;
    }

    /**
     * Takes a batch from the kernel; returns whether there was an ICMP message in it. What else is
     * there the kernel says itself of a send that it refused.
     */
    boolean read(int fd) {
        for (int i = 0; i < BATCH; i++) {
            messages.nameLength(i, SocketAddress.MAX_BYTES);
            messages.controlLength(i, ControlMessages.MAX_BYTES);
        }
        int count = Math.max(0, libc.receive(fd, messages.address(0), BATCH, MSG_ERRQUEUE));
        boolean fromNetwork = false;
        for (int i = 0; i < count; i++) {
            control.read(messages.controls(), messages.control(i), messages.controlLength(i));
            fromNetwork |= IcmpMessages.isOrigin(control.errorOrigin());
            IcmpError error =
                    IcmpMessages.meaning(
                            control.errorOrigin(), control.errorType(), control.errorCode());
            if (error != null && kept.size() < MOST_KEPT) {
                kept.add(report(i, error));
            }
        }
        return fromNetwork;
    }

    private Report report(int message, IcmpError error) {
        int length = Math.min(messages.resultLength(message), QUOTED_BYTES);
        byte[] quoted = new byte[length];
        MemorySegment.copy(quotes, JAVA_BYTE, (long) message * QUOTED_BYTES, quoted, 0, length);
        MemorySegment names = messages.names();
        long name = messages.name(message);
        Remote destination =
                new Remote(
                        SocketAddress.high(names, name),
                        SocketAddress.low(names, name),
                        SocketAddress.port(names, name),
                        SocketAddress.scope(names, name));
        int mtuBytes = error == IcmpError.PACKET_TOO_BIG ? control.errorInfo() : 0;
        return new Report(destination, error, mtuBytes, quoted);
    }

    /** Tells what was read. */
    void deliver(UdpTransport transport, UdpTransport.Receiver receiver) {
        Report report;
        while ((report = kept.poll()) != null) {
            receiver.onIcmpError(
                    transport,
                    report.destination().address(),
                    report.error(),
                    report.mtuBytes(),
                    report.quoted(),
                    0,
                    report.quoted().length);
        }
    }

    /** Nothing more is told. */
    void drop() {
        kept.clear();
    }
}
