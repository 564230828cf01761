package dev.tern.quic.io.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/**
 * Collects datagrams and gives them to the kernel in as few calls as it takes. Datagrams to one
 * destination form a train: all of one length, but for the last, which may be shorter; the kernel,
 * or the network interface, cuts it up (UDP_SEGMENT). Several trains go in one call. Within a
 * destination the order is kept.
 *
 * <p>Where trains are refused, as some interfaces do, their datagrams go one by one, and later ones
 * form no trains any more.
 */
final class SendTrains {
    /** More datagrams in a train the kernel does not take. */
    static final int MAX_SEGMENTS = 64;

    /** The longest payload of UDP over IPv6, a bit less than over IPv4. */
    static final int MAX_TRAIN_BYTES = 65_487;

    static final int MAX_TRAINS = 32;

    private static final int BUFFER_BYTES = 256 << 10;

    /** How datagrams get to the kernel. */
    interface Kernel {
        /**
         * Sends messages, not waiting.
         *
         * @return how many of them have gone, or minus the error of the first
         */
        int send(long messages, int count);
    }

    private final Kernel kernel;
    private final boolean ipv6;
    private final boolean choosesLocal;
    private final MemorySegment buffer;

    /** A message for each train, and one more for a train's datagrams one by one. */
    private final MessageVector messages;

    private final Remote[] remotes = new Remote[MAX_TRAINS];
    private final int[] ecns = new int[MAX_TRAINS];
    private final int[] segmentBytes = new int[MAX_TRAINS];
    private final int[] segments = new int[MAX_TRAINS];
    private final int[] trainBytes = new int[MAX_TRAINS];
    private final int[] pieces = new int[MAX_TRAINS];
    private boolean mayTrain = true;
    private int batch;
    private int count;
    private int sealed;
    private int gone;
    private int used;
    private int refusal;
    private boolean waitsForRoom;

    /** The train that goes one by one: how many of its bytes have gone, and what was refused. */
    private boolean single;

    private int singleBytes;
    private int singleRefusal;

    /**
     * @param ipv6 whether the socket is of IPv6
     * @param choosesLocal whether it has many addresses, and messages say which to leave from
     */
    SendTrains(NativeMemory memory, Kernel kernel, boolean ipv6, boolean choosesLocal) {
        this.kernel = kernel;
        this.ipv6 = ipv6;
        this.choosesLocal = choosesLocal;
        buffer = memory.take(BUFFER_BYTES);
        messages = new MessageVector(memory, MAX_TRAINS + 1, MAX_SEGMENTS);
    }

    /** How much memory it takes. */
    static long memoryBytes() {
        return BUFFER_BYTES + MessageVector.bytes(MAX_TRAINS + 1, MAX_SEGMENTS);
    }

    /** Whether the kernel still takes trains. */
    boolean mayTrain() {
        return mayTrain;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Why something was refused in the last {@link #flush}; 0 if nothing was. */
    int refusal() {
        return refusal;
    }

    /**
     * Whether what the last {@link #flush} left waits for room in the socket, which the kernel
     * tells; else for room in the queue of an interface, which it does not.
     */
    boolean waitsForRoom() {
        return waitsForRoom;
    }

    /** Adds a datagram to the batch; returns false if there is no room for it. */
    boolean add(Remote to, int ecn, byte[] bytes, int offset, int length) {
        if (sealed > 0 || used + length > BUFFER_BYTES) {
            return false;
        }
        int train = trainFor(to, ecn, length);
        if (train < 0) {
            return false;
        }
        MemorySegment.copy(bytes, offset, buffer, JAVA_BYTE, used, length);
        couple(train, buffer.address() + used, length);
        used += length;
        return true;
    }

    /** The train that takes a datagram, or a new one; -1 if there is no room for that. */
    private int trainFor(Remote to, int ecn, int length) {
        int train = to.train(batch);
        if (train >= 0 && fits(train, ecn, length)) {
            return train;
        }
        return count == MAX_TRAINS ? -1 : begin(to, ecn, length);
    }

    /**
     * Adds datagrams of one length, but for the last, which may be shorter; returns false if there
     * is no room for them. Only while {@link #mayTrain}.
     *
     * @param bytes native memory, which stays as it is until all have gone
     */
    boolean add(
            Remote to, int ecn, MemorySegment bytes, long offset, int length, int datagramBytes) {
        if (sealed > 0) {
            return false;
        }
        boolean single = length <= datagramBytes;
        int train = single ? trainFor(to, ecn, length) : beginWhole(to, ecn, datagramBytes);
        if (train < 0) {
            return false;
        }
        couple(train, bytes.address() + offset, length);
        segments[train] += (length - 1) / datagramBytes; // the first is counted already
        return true;
    }

    private int beginWhole(Remote to, int ecn, int datagramBytes) {
        return count == MAX_TRAINS ? -1 : begin(to, ecn, datagramBytes);
    }

    private boolean fits(int train, int ecn, int length) {
        int full = segmentBytes[train];
        return mayTrain
                && ecns[train] == ecn
                && length <= full
                && length > 0
                && trainBytes[train] == segments[train] * full // else the last was shorter
                && segments[train] < MAX_SEGMENTS
                && trainBytes[train] + length <= MAX_TRAIN_BYTES;
    }

    private int begin(Remote to, int ecn, int length) {
        int train = count++;
        to.train(batch, train);
        remotes[train] = to;
        ecns[train] = ecn;
        segmentBytes[train] = length;
        segments[train] = 0;
        trainBytes[train] = 0;
        pieces[train] = 0;
        return train;
    }

    /** Puts the bytes at that address to a train, as one datagram of it. */
    private void couple(int train, long address, int length) {
        int last = pieces[train] - 1;
        if (last >= 0
                && messages.pieceAddress(train, last) + messages.pieceLength(train, last)
                        == address) {
            messages.piece(
                    train,
                    last,
                    messages.pieceAddress(train, last),
                    messages.pieceLength(train, last) + length);
        } else {
            messages.piece(train, pieces[train]++, address, length);
        }
        segments[train]++;
        trainBytes[train] += length;
    }

    /** Gives the batch to the kernel; returns false if some of it must wait. */
    boolean flush() {
        refusal = 0;
        while (sealed < count) {
            seal(sealed++);
        }
        while (gone < count) {
            int sent = single ? sendSingle() : kernel.send(messages.address(gone), count - gone);
            if (mustWait(sent)) {
                waitsForRoom = sent == -Errno.EAGAIN;
                return false;
            }
            if (sent > 0) {
                gone += sent;
            } else if (sent != -Errno.EINTR) {
                refused(-sent);
            }
        }
        batch++;
        count = 0;
        sealed = 0;
        gone = 0;
        used = 0;
        return true;
    }

    private static boolean mustWait(int sent) {
        return sent == -Errno.EAGAIN || sent == -Errno.ENOBUFS;
    }

    private void refused(int error) {
        if (segments[gone] > 1 && mayBeTheTrain(error)) {
            single = true;
            singleBytes = 0;
            singleRefusal = 0;
            return;
        }
        remotes[gone].forgetLocal();
        refusal = error;
        gone++;
    }

    /** Some say so of trains; some of a datagram in it that is too long for the path. */
    private static boolean mayBeTheTrain(int error) {
        return error == Errno.EIO
                || error == Errno.EINVAL
                || error == Errno.EMSGSIZE
                || error == Errno.EOPNOTSUPP;
    }

    /**
     * Sends the datagrams of a refused train one by one, or what is left of them.
     *
     * @return 1 when all have gone or were refused, or minus the error for which to wait
     */
    private int sendSingle() {
        while (singleBytes < trainBytes[gone]) {
            int length = Math.min(segmentBytes[gone], trainBytes[gone] - singleBytes);
            messages.piece(MAX_TRAINS, 0, addressOf(singleBytes), length);
            messages.pieceCount(MAX_TRAINS, 1);
            writeHead(MAX_TRAINS, gone, false);
            int sent = kernel.send(messages.address(MAX_TRAINS), 1);
            if (mustWait(sent) || sent == -Errno.EINTR) {
                return sent;
            }
            if (sent < 0) {
                singleRefusal = -sent;
            }
            singleBytes += length;
        }
        single = false;
        if (singleRefusal == 0) {
            mayTrain = false; // refused together, and taken one by one
        } else {
            refusal = singleRefusal;
        }
        return 1;
    }

    /** Where in memory a byte of the train at hand is. */
    private long addressOf(int trainOffset) {
        long left = trainOffset;
        int piece = 0;
        while (left >= messages.pieceLength(gone, piece)) {
            left -= messages.pieceLength(gone, piece++);
        }
        return messages.pieceAddress(gone, piece) + left;
    }

    private void seal(int train) {
        messages.pieceCount(train, pieces[train]);
        writeHead(train, train, segments[train] > 1);
    }

    /** Writes all but the data of a message that carries a train, or a datagram of it. */
    private void writeHead(int message, int train, boolean whole) {
        Remote to = remotes[train];
        messages.nameLength(message, to.write(messages.names(), messages.name(message), ipv6));
        MemorySegment controls = messages.controls();
        long begin = messages.control(message);
        long end = begin;
        if (ecns[train] != 0) {
            end = ControlMessages.writeEcn(controls, end, to.isIpv4(), ecns[train]);
        }
        if (choosesLocal && to.localKnown()) {
            end = ControlMessages.writeLocal(controls, end, to);
        }
        if (whole) {
            end = ControlMessages.writeSegmentBytes(controls, end, segmentBytes[train]);
        }
        messages.controlLength(message, end - begin);
    }
}
