package dev.tern.quic.io;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A socket behind a NAT that gives it another port whenever the test says so. */
final class RebindingTransport implements UdpTransport {
    private final InetSocketAddress local;
    private UdpTransport under;
    private Sleeper place;
    private volatile boolean rebinds;

    private RebindingTransport(UdpTransport under) {
        this.local = under.local();
        this.under = under;
    }

    static RebindingTransport open(InetSocketAddress local) throws IOException {
        return new RebindingTransport(NioUdpTransport.open(local, null));
    }

    /** Any thread: from the next datagram on another port. */
    void rebind() {
        rebinds = true;
    }

    private void rebindNow() {
        try {
            UdpTransport next =
                    NioUdpTransport.open(new InetSocketAddress(local.getAddress(), 0), null);
            next.register(place);
            under.close();
            under = next;
            rebinds = false;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public int receive(Receiver receiver, int limit) {
        return under.receive(
                (transport, remote, ecn, buffer, offset, length) ->
                        receiver.onDatagram(this, remote, ecn, buffer, offset, length),
                limit);
    }

    @Override
    public Sent send(InetSocketAddress remote, int ecn, byte[] buffer, int offset, int length) {
        if (rebinds) {
            rebindNow();
        }
        return under.send(remote, ecn, buffer, offset, length);
    }

    @Override
    public Sleeper newSleeper() throws IOException {
        return under.newSleeper();
    }

    @Override
    public void register(Sleeper sleeper) throws IOException {
        place = sleeper;
        under.register(sleeper);
    }

    @Override
    public void close() {
        under.close();
    }
}
