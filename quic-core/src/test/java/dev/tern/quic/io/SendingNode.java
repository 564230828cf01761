package dev.tern.quic.io;

import dev.tern.quic.endpoint.DatagramNode;

import java.net.InetSocketAddress;

/** A node that has datagrams to send, takes none and has no timer. */
abstract class SendingNode implements DatagramNode {
    @Override
    public void onDatagram(
            InetSocketAddress local,
            InetSocketAddress remote,
            int ecn,
            byte[] buffer,
            int offset,
            int length,
            long nowNs) {}

    @Override
    public long nextDeadlineNs() {
        return Long.MAX_VALUE;
    }

    @Override
    public void onTimeout(long nowNs) {}
}
