package dev.tern.quic.io;

import jdk.net.ExtendedSocketOptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;

/** A socket of the JDK, as there is one everywhere. It knows no ECN, and one datagram a call. */
public final class NioUdpTransport implements UdpTransport {
    /** Holds a burst of a gigabit's 30 ms; the system may grant less. */
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;

    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final ByteBuffer sendBuffer = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
    private final ByteBuffer receiveBuffer = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
    private final byte[] received = new byte[MAX_DATAGRAM_BYTES];
    private SelectionKey key;
    private boolean waitsForRoom;
    private long systemCalls;

    private NioUdpTransport(DatagramChannel channel) throws IOException {
        this.channel = channel;
        this.local = (InetSocketAddress) channel.getLocalAddress();
    }

    /** Opens a socket; {@code interfaceName} is not heeded, for NIO cannot choose one. */
    public static NioUdpTransport open(InetSocketAddress local, String interfaceName)
            throws IOException {
        return open(local, false);
    }

    /** Opens a socket whose address others, opened in the same way, may have, too. */
    public static NioUdpTransport openShared(InetSocketAddress local) throws IOException {
        return open(local, true);
    }

    private static NioUdpTransport open(InetSocketAddress local, boolean shared)
            throws IOException {
        boolean ipv4 = local.getAddress().getAddress().length == 4;
        DatagramChannel channel =
                DatagramChannel.open(
                        ipv4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        try {
            channel.configureBlocking(false);
            wish(channel, StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
            wish(channel, StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
            // QUIC datagrams must not be fragmented (RFC 9000 §14).
            wish(channel, ExtendedSocketOptions.IP_DONTFRAGMENT, true);
            if (shared) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            channel.bind(local);
            return new NioUdpTransport(channel);
        } catch (IOException | UnsupportedOperationException e) {
            channel.close();
            throw new IOException("cannot open UDP " + local + ": " + e.getMessage(), e);
        }
    }

    private static <T> void wish(DatagramChannel channel, SocketOption<T> option, T value)
            throws IOException {
        if (channel.supportedOptions().contains(option)) {
            channel.setOption(option, value);
        }
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public int receive(Receiver receiver, int limit) {
        int count = 0;
        while (count < limit && channel.isOpen()) {
            receiveBuffer.clear();
            systemCalls++;
            InetSocketAddress remote;
            try {
                remote = (InetSocketAddress) channel.receive(receiveBuffer);
            } catch (ClosedChannelException e) {
                break;
            } catch (IOException e) {
                // An ICMP answer to something sent earlier, on some systems. It proves nothing.
                count++;
                continue;
            }
            if (remote == null) {
                break;
            }
            count++;
            int length = receiveBuffer.flip().remaining();
            receiveBuffer.get(received, 0, length);
            receiver.onTrain();
            receiver.onDatagram(this, remote, 0, received, 0, length);
        }
        return count;
    }

    @Override
    public Sent send(InetSocketAddress remote, int ecn, byte[] buffer, int offset, int length) {
        sendBuffer.clear().put(buffer, offset, length).flip();
        systemCalls++;
        try {
            boolean full = channel.send(sendBuffer, remote) == 0 && length > 0;
            if (full != waitsForRoom) {
                waitForRoom(full);
            }
            return full ? Sent.FULL : Sent.DONE;
        } catch (ClosedChannelException e) {
            return Sent.GONE;
        } catch (IOException | RuntimeException e) {
            return LocalAddress.isUp(local.getAddress()) ? Sent.DROPPED : Sent.GONE;
        }
    }

    private void waitForRoom(boolean wait) {
        waitsForRoom = wait;
        if (key != null) {
            key.interestOps(SelectionKey.OP_READ | (wait ? SelectionKey.OP_WRITE : 0));
        }
    }

    @Override
    public long systemCalls() {
        return systemCalls;
    }

    @Override
    public Sleeper newSleeper() throws IOException {
        return new SelectorSleeper();
    }

    @Override
    public void register(Sleeper sleeper) throws IOException {
        if (!(sleeper instanceof SelectorSleeper selector)) {
            throw new IOException("sockets of two kinds do not go together: " + local);
        }
        key = selector.add(channel);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
