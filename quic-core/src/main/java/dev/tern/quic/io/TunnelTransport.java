package dev.tern.quic.io;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Sends every datagram to a gateway with the far address in front, and takes what the gateway
 * returns in the same form: the header of a SOCKS5 UDP request (RFC 1928 §7). So a program can have
 * local addresses that its machine does not have, behind a NAT that is another program.
 */
public final class TunnelTransport implements UdpTransport {
    private final UdpTransport under;
    private final InetSocketAddress gateway;
    private final InetSocketAddress local;
    private final byte[] wrapped = new byte[MAX_DATAGRAM_BYTES];
    private InetSocketAddress lastRemote;

    /**
     * @param under the real socket, which is closed with this one
     * @param gateway who forwards the datagrams
     * @param local the address to claim as one's own
     */
    public TunnelTransport(UdpTransport under, InetSocketAddress gateway, InetSocketAddress local) {
        this.under = under;
        this.gateway = gateway;
        this.local = local;
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public int receive(Receiver receiver, int limit) {
        return under.receive(new Unwrapping(receiver), limit);
    }

    /** Between the socket and who takes the datagrams without their headers. */
    private final class Unwrapping implements Receiver {
        private final Receiver receiver;

        Unwrapping(Receiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public void onTrain() {
            receiver.onTrain();
        }

        @Override
        public void onDatagram(
                UdpTransport transport,
                InetSocketAddress from,
                int ecn,
                byte[] buffer,
                int offset,
                int length) {
            unwrap(receiver, from, ecn, buffer, offset, length);
        }
    }

    private void unwrap(
            Receiver receiver,
            InetSocketAddress from,
            int ecn,
            byte[] buffer,
            int offset,
            int length) {
        int headerBytes = TunnelHeader.length(buffer, offset, length);
        if (headerBytes < 0 || !from.equals(gateway)) {
            return;
        }
        // Datagrams come in runs from one address: the object is made once for each run.
        if (lastRemote == null || !TunnelHeader.names(lastRemote, buffer, offset)) {
            lastRemote = TunnelHeader.address(buffer, offset);
        }
        receiver.onDatagram(
                this, lastRemote, ecn, buffer, offset + headerBytes, length - headerBytes);
    }

    @Override
    public Sent send(InetSocketAddress remote, int ecn, byte[] buffer, int offset, int length) {
        int headerBytes = TunnelHeader.write(remote, wrapped, 0);
        if (headerBytes + length > wrapped.length) {
            return Sent.DROPPED;
        }
        System.arraycopy(buffer, offset, wrapped, headerBytes, length);
        return under.send(gateway, ecn, wrapped, 0, headerBytes + length);
    }

    @Override
    public Sent flush() {
        return under.flush();
    }

    @Override
    public Sleeper newSleeper() throws IOException {
        return under.newSleeper();
    }

    @Override
    public void register(Sleeper sleeper) throws IOException {
        under.register(sleeper);
    }

    @Override
    public void close() {
        under.close();
    }
}
