package dev.tern.quic.io.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/**
 * The functions of the C library behind a socket. Each returns what the function does, or minus the
 * error. Addresses go as numbers, which need no checks and never allocate; the caller keeps what
 * they point to.
 *
 * <p>All have one shape, six registers in and one out, so that a fresh process spends its 50 ms on
 * linking only once. With the calling conventions of x86-64 and AArch64 a function does not see the
 * registers that it has no arguments for. None is {@code critical}: that would hold up the whole
 * JVM while the kernel works or waits.
 *
 * <p>One for each owner, for the error of a call is left in it; not thread-safe.
 */
@SuppressWarnings("restricted") // Calling native code is what this class is for.
final class Libc {
    private static final FunctionDescriptor SIX_REGISTERS =
            FunctionDescriptor.of(
                    JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO_OFFSET = STATE.byteOffset(PathElement.groupElement("errno"));

    /** Any function of this shape: its address is the first argument. */
    private static final MethodHandle CALL =
            Linker.nativeLinker()
                    .downcallHandle(SIX_REGISTERS, Linker.Option.captureCallState("errno"));

    private static final MemorySegment SOCKET = function("socket");
    private static final MemorySegment BIND = function("bind");
    private static final MemorySegment NAME = function("getsockname");
    private static final MemorySegment OPTION = function("setsockopt");
    private static final MemorySegment RECEIVE = function("recvmmsg");
    private static final MemorySegment SEND = function("sendmmsg");
    private static final MemorySegment POLL = function("ppoll");
    private static final MemorySegment EVENT = function("eventfd");
    private static final MemorySegment READ = function("read");
    private static final MemorySegment WRITE = function("write");
    private static final MemorySegment CLOSE = function("close");
    private static final MemorySegment MAP = function("mmap");
    private static final MemorySegment UNMAP = function("munmap");
    private static final MemorySegment PROCESS_CONTROL = function("prctl");

    private final MemorySegment state;

    /** For an owner that lasts: where the error is left the collector gives back. */
    Libc() {
        this(Arena.ofAuto().allocate(STATE));
    }

    private Libc(MemorySegment state) {
        this.state = state;
    }

    /** For an owner that is gone before the arena is. */
    static Libc in(Arena arena) {
        return new Libc(arena.allocate(STATE));
    }

    /** For the owner of that memory, and only as long as that is there. */
    static Libc in(NativeMemory memory) {
        return new Libc(memory.take(STATE.byteSize()));
    }

    private static MemorySegment function(String name) {
        return Linker.nativeLinker()
                .defaultLookup()
                .find(name)
                .orElseThrow(
                        () -> new UnsupportedOperationException("the C library has no " + name));
    }

    int socket(int family, int type) {
        return asInt(call(SOCKET, family, type, 0, 0, 0, 0));
    }

    int bind(int fd, long address, int addressBytes) {
        return asInt(call(BIND, fd, address, addressBytes, 0, 0, 0));
    }

    int getSocketName(int fd, long address, long addressBytes) {
        return asInt(call(NAME, fd, address, addressBytes, 0, 0, 0));
    }

    int setOption(int fd, int level, int option, long value, int valueBytes) {
        return asInt(call(OPTION, fd, level, option, value, valueBytes, 0));
    }

    /** recvmmsg: how many messages were received. */
    int receive(int fd, long messages, int count, int flags) {
        return asInt(call(RECEIVE, fd, messages, count, flags, 0, 0));
    }

    /** sendmmsg: how many messages were sent. */
    int send(int fd, long messages, int count, int flags) {
        return asInt(call(SEND, fd, messages, count, flags, 0, 0));
    }

    int poll(long descriptors, int count, long timeout) {
        return asInt(call(POLL, descriptors, count, timeout, 0, 0, 0));
    }

    int eventDescriptor(int flags) {
        return asInt(call(EVENT, 0, flags, 0, 0, 0, 0));
    }

    long read(int fd, long buffer, int bytes) {
        return asLong(call(READ, fd, buffer, bytes, 0, 0, 0));
    }

    long write(int fd, long buffer, int bytes) {
        return asLong(call(WRITE, fd, buffer, bytes, 0, 0, 0));
    }

    int close(int fd) {
        return asInt(call(CLOSE, fd, 0, 0, 0, 0, 0));
    }

    long map(long bytes, int protection, int flags) {
        return asLong(call(MAP, 0, bytes, protection, flags, -1, 0));
    }

    int unmap(long address, long bytes) {
        return asInt(call(UNMAP, address, bytes, 0, 0, 0, 0));
    }

    int processControl(int option, long argument) {
        return asInt(call(PROCESS_CONTROL, option, argument, 0, 0, 0, 0));
    }

    private long call(MemorySegment function, long a, long b, long c, long d, long e, long f) {
        try {
            return (long) CALL.invokeExact(function, state, a, b, c, d, e, f);
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    /** Of a function that returns an int: the rest of the register is anything. */
    private int asInt(long register) {
        int result = (int) register;
        return result == -1 ? -errno() : result;
    }

    private long asLong(long result) {
        return result == -1 ? -errno() : result;
    }

    private int errno() {
        return state.get(JAVA_INT, ERRNO_OFFSET);
    }

    /** Foreign functions throw nothing; what comes out of a call is a fault in its description. */
    private static IllegalStateException failed(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("a native call failed", cause);
    }
}
