package dev.tern.quic.io.linux;

import dev.tern.quic.io.LocalAddress;
import dev.tern.quic.io.Sleeper;
import dev.tern.quic.io.UdpTransport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A socket of Linux. Sends and receives trains of datagrams, knows ECN, and never fragments. */
final class LinuxUdpTransport implements UdpTransport {
    private static final Logger LOG = LoggerFactory.getLogger(LinuxUdpTransport.class);

    private static final int MSG_DONTWAIT = 0x40;

    /** How often ICMP messages may be read before what else arrived has its turn. */
    private static final int MAX_REFUSALS = 16;

    private final Libc libc;
    private final NativeMemory memory;
    private final InetSocketAddress local;
    private final boolean ipv6;
    private final boolean takesIpv4;
    private final boolean carriesEcn;
    private final RemoteTable remotes = new RemoteTable();
    private final SendTrains outgoing;
    private final ReceivedTrains incoming;
    private final ErrorQueue errors;
    private PollSleeper sleeper;
    private int fd;
    private boolean errorWaits;
    private boolean waitsForRoom;
    private boolean saidNoTrains;
    private long systemCalls;

    /**
     * @param opening what the socket was opened by; not used later
     */
    LinuxUdpTransport(Libc opening, UdpSocket socket) throws IOException {
        this.fd = socket.fd();
        this.local = socket.local();
        this.ipv6 = socket.isIpv6();
        this.carriesEcn = socket.carriesEcn();
        InetAddress address = local.getAddress();
        this.takesIpv4 = !ipv6 || address.isAnyLocalAddress();
        memory =
                new NativeMemory(
                        opening,
                        SendTrains.memoryBytes()
                                + ReceivedTrains.memoryBytes()
                                + ErrorQueue.memoryBytes()
                                + (1 << 10));
        libc = Libc.in(memory);
        outgoing = new SendTrains(memory, this::send, ipv6, address.isAnyLocalAddress());
        incoming = new ReceivedTrains(memory, remotes);
        errors = new ErrorQueue(libc, memory);
    }

    /**
     * Opens a socket.
     *
     * @param interfaceName the interface to bind to, or null
     * @param shared whether other sockets of this user may have the same address
     * @throws IOException with a sentence for a person
     */
    static LinuxUdpTransport open(InetSocketAddress at, String interfaceName, boolean shared)
            throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Libc opening = Libc.in(arena);
            UdpSocket socket = UdpSocket.open(opening, at, interfaceName, shared);
            try {
                return new LinuxUdpTransport(opening, socket);
            } catch (IOException e) {
                opening.close(socket.fd());
                throw e;
            }
        }
    }

    private int send(long messages, int count) {
        systemCalls++;
        int sent = libc.send(fd, messages, count, MSG_DONTWAIT);
        return sent < 0 ? errors.resend(sent, fd, messages, count, MSG_DONTWAIT) : sent;
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public boolean carriesEcn() {
        return carriesEcn;
    }

    @Override
    public int receive(Receiver receiver, int limit) {
        int count = 0;
        int refusals = 0;
        if (errorWaits && fd >= 0) {
            errorWaits = false;
            errors.read(fd);
        }
        while (count < limit && fd >= 0) {
            if (incoming.isEmpty()) {
                systemCalls++;
                int received = incoming.receive(libc, fd, MSG_DONTWAIT);
                if (received == 0 || received == -Errno.EAGAIN) {
                    break;
                }
                if (received < 0) {
                    // An ICMP answer to something sent earlier.
                    errors.read(fd);
                    if (++refusals == MAX_REFUSALS) {
                        break;
                    }
                    continue;
                }
            }
            count += incoming.deliver(this, receiver);
        }
        errors.deliver(this, receiver);
        return count;
    }

    @Override
    public Sent send(InetSocketAddress remote, int ecn, byte[] buffer, int offset, int length) {
        Remote to = fd < 0 ? null : destination(remote, length);
        if (to == null) {
            return fd < 0 ? Sent.GONE : Sent.DROPPED;
        }
        if (!outgoing.add(to, ecn, buffer, offset, length)) {
            Sent flushed = flush();
            if (mustWait(flushed)) {
                return flushed;
            }
            outgoing.add(to, ecn, buffer, offset, length);
        }
        return Sent.DONE;
    }

    private static boolean mustWait(Sent flushed) {
        return flushed == Sent.FULL || flushed == Sent.BUSY || flushed == Sent.GONE;
    }

    /** Null if nothing of that length gets there from here. */
    private Remote destination(InetSocketAddress remote, int length) {
        Remote to = remotes.destination(remote);
        boolean reachable = to.isIpv4() ? takesIpv4 : ipv6;
        return reachable && length <= SendTrains.MAX_TRAIN_BYTES ? to : null;
    }

    @Override
    public boolean takesTrains() {
        return outgoing.mayTrain();
    }

    @Override
    public Sent sendTrain(
            InetSocketAddress remote,
            int ecn,
            MemorySegment bytes,
            long offset,
            int length,
            int datagramBytes) {
        Remote to = fd < 0 ? null : destination(remote, length);
        if (to == null) {
            return fd < 0 ? Sent.GONE : Sent.DROPPED;
        }
        if (!outgoing.add(to, ecn, bytes, offset, length, datagramBytes)) {
            Sent flushed = flush();
            if (mustWait(flushed)) {
                return flushed;
            }
            outgoing.add(to, ecn, bytes, offset, length, datagramBytes);
        }
        return Sent.DONE;
    }

    @Override
    public Sent flush() {
        if (fd < 0) {
            return Sent.GONE;
        }
        if (outgoing.isEmpty()) {
            return Sent.DONE;
        }
        boolean all = outgoing.flush();
        if (!outgoing.mayTrain() && !saidNoTrains) {
            saidNoTrains = true;
            LOG.info("{}: trains of datagrams are refused here; sending one by one", local);
        }
        if (outgoing.refusal() != 0 && !LocalAddress.isUp(local.getAddress())) {
            return Sent.GONE;
        }
        boolean full = !all && outgoing.waitsForRoom();
        if (full != waitsForRoom) {
            waitsForRoom = full;
            if (sleeper != null) {
                sleeper.wakeForRoom(fd, full);
            }
        }
        if (!all) {
            return full ? Sent.FULL : Sent.BUSY;
        }
        return outgoing.refusal() == 0 ? Sent.DONE : Sent.DROPPED;
    }

    /** The sleeper saw that the kernel keeps an error for this socket. */
    void onErrorWaits() {
        errorWaits = true;
    }

    @Override
    public long systemCalls() {
        return systemCalls;
    }

    @Override
    public Sleeper newSleeper() throws IOException {
        return new PollSleeper();
    }

    @Override
    public void register(Sleeper place) throws IOException {
        if (!(place instanceof PollSleeper poll)) {
            throw new IOException("sockets of two kinds do not go together: " + local);
        }
        poll.add(fd, this);
        sleeper = poll;
    }

    @Override
    public void close() {
        if (fd < 0) {
            return;
        }
        if (!outgoing.isEmpty()) {
            outgoing.flush();
        }
        if (sleeper != null) {
            sleeper.remove(fd);
        }
        libc.close(fd);
        fd = -1;
        incoming.drop();
        errors.drop();
        memory.close();
    }
}
