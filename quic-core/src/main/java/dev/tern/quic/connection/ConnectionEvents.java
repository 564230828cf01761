package dev.tern.quic.connection;

import java.net.InetSocketAddress;

/** What the frame dispatcher reports that is not one part's business but the connection's. */
interface ConnectionEvents {
    void onPeerClose(boolean application, long errorCode, String reason, long nowNs);

    void onDatagram(byte[] buffer, int offset, int length, long nowNs);

    void onNewToken(byte[] token);

    void onPeerIdsIssued(long nowNs);

    void onPeerAddress(long sequence, InetSocketAddress address, long nowNs);

    void onPeerAddressRemoved(long sequence, long nowNs);

    void onPunchMeNow(long round, long pairedWithSequence, InetSocketAddress address, long nowNs);
}
