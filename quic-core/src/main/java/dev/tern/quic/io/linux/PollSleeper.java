package dev.tern.quic.io.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.tern.quic.io.Sleeper;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Waits in {@code ppoll}, whose timeouts are of nanoseconds, for sockets and for an eventfd that
 * other threads write to.
 */
final class PollSleeper implements Sleeper {
    private static final int EFD_NONBLOCK_CLOEXEC = 0x80800;
    private static final short POLLIN = 1;
    private static final short POLLOUT = 4;
    private static final short POLLERR = 8;
    private static final int PR_SET_TIMERSLACK = 29;

    /** Of struct pollfd. */
    private static final long ENTRY_BYTES = 8;

    private static final long EVENTS = 4;
    private static final long RETURNED_EVENTS = 6;

    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final int FIRST_CAPACITY = 8;

    private final Libc libc = new Libc();
    private final Libc wakersLibc = new Libc();
    private final MemorySegment timeout = Arena.ofAuto().allocate(JAVA_LONG, 2);
    private final MemorySegment count = Arena.ofAuto().allocate(JAVA_LONG);
    private final MemorySegment one = Arena.ofAuto().allocate(JAVA_LONG);
    private final int event;
    private final AtomicInteger wakers = new AtomicInteger();
    private volatile boolean closed;
    private MemorySegment entries = Arena.ofAuto().allocate(ENTRY_BYTES * FIRST_CAPACITY, 8);
    private LinuxUdpTransport[] sockets = new LinuxUdpTransport[FIRST_CAPACITY];
    private int size;
    private Thread exact;

    PollSleeper() throws IOException {
        event = libc.eventDescriptor(EFD_NONBLOCK_CLOEXEC);
        if (event < 0) {
            throw new IOException("no eventfd: " + Errno.describe(-event));
        }
        one.set(JAVA_LONG, 0, 1);
        add(event, null);
    }

    /**
     * @param socket whose descriptor it is; null for the eventfd
     */
    void add(int fd, LinuxUdpTransport socket) {
        long end = size * ENTRY_BYTES;
        if (end == entries.byteSize()) {
            entries = Arena.ofAuto().allocate(2 * end, 8).copyFrom(entries);
            sockets = Arrays.copyOf(sockets, 2 * size);
        }
        entries.set(JAVA_INT, end, fd);
        entries.set(JAVA_SHORT, end + EVENTS, POLLIN);
        sockets[size] = socket;
        size++;
    }

    void remove(int fd) {
        int place = placeOf(fd);
        if (place > 0) {
            size--;
            entries.set(JAVA_LONG, place * ENTRY_BYTES, entries.get(JAVA_LONG, size * ENTRY_BYTES));
            sockets[place] = sockets[size];
            sockets[size] = null;
        }
    }

    /** Whether to wake up, too, when a socket can take more. */
    void wakeForRoom(int fd, boolean wake) {
        int place = placeOf(fd);
        if (place > 0) {
            short events = wake ? POLLIN | POLLOUT : POLLIN;
            entries.set(JAVA_SHORT, place * ENTRY_BYTES + EVENTS, events);
        }
    }

    private int placeOf(int fd) {
        int place = size - 1;
        while (place > 0 && entries.get(JAVA_INT, place * ENTRY_BYTES) != fd) {
            place--;
        }
        return place;
    }

    @Override
    public void await(long waitNs) {
        beExact();
        timeout.setAtIndex(JAVA_LONG, 0, waitNs / NS_PER_SECOND);
        timeout.setAtIndex(JAVA_LONG, 1, waitNs % NS_PER_SECOND);
        int ready = libc.poll(entries.address(), size, timeout.address());
        // Which socket it is that has something, the agent finds out by receiving.
        if (ready > 0 && entries.get(JAVA_SHORT, RETURNED_EVENTS) != 0) {
            libc.read(event, count.address(), Long.BYTES);
        }
        for (int i = 1; i < size && ready > 0; i++) {
            if ((entries.get(JAVA_SHORT, i * ENTRY_BYTES + RETURNED_EVENTS) & POLLERR) != 0) {
                sockets[i].onErrorWaits();
            }
        }
    }

    /** By default the kernel may let a thread sleep 50 µs longer, which is long for a pacer. */
    private void beExact() {
        if (!Thread.currentThread().equals(exact)) {
            exact = Thread.currentThread();
            libc.processControl(PR_SET_TIMERSLACK, 1);
        }
    }

    /** Nobody looks at the error of this call, so that threads may share where it is left. */
    @Override
    public void wake() {
        wakers.incrementAndGet();
        if (!closed) {
            wakersLibc.write(event, one.address(), Long.BYTES);
        }
        wakers.decrementAndGet();
    }

    /** Not while somebody writes to the eventfd: its number may be another file's right after. */
    @Override
    public void close() {
        closed = true;
        while (wakers.get() != 0) {
            Thread.onSpinWait();
        }
        libc.close(event);
    }
}
