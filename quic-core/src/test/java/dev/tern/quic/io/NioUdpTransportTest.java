package dev.tern.quic.io;

import java.io.IOException;
import java.net.InetSocketAddress;

class NioUdpTransportTest extends UdpTransportContract {
    @Override
    protected boolean hearsIcmp() {
        return false;
    }

    @Override
    protected UdpTransport create(InetSocketAddress local) throws IOException {
        return NioUdpTransport.open(local, null);
    }
}
