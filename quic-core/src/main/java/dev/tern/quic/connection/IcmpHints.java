package dev.tern.quic.connection;

import dev.tern.quic.path.IcmpError;
import dev.tern.quic.path.Path;
import dev.tern.quic.path.PathListener;
import dev.tern.quic.path.PathSwitching;

/**
 * What a connection makes of ICMP messages about its own datagrams, which anybody on the way could
 * have sent. While a client has heard nothing of its server, two of them about two transmissions of
 * its first flight, a probe timeout apart, end the wait: a server that is there answers meanwhile.
 * Later they make no more than a probe leave early. Owned by one agent; not thread-safe.
 */
final class IcmpHints {
    private static final int REPORTS_TO_BELIEVE = 2;

    private final boolean client;
    private final PacketReceiver receiver;
    private final PathSwitching switching;
    private final PathListener news;
    private int reports;
    private int lastProbeTimeouts = -1;

    IcmpHints(boolean client, PacketReceiver receiver, PathSwitching switching, PathListener news) {
        this.client = client;
        this.receiver = receiver;
        this.switching = switching;
        this.news = news;
    }

    /** Takes in a message; returns whether dialling is given up for it. */
    boolean refuses(Path path, IcmpError error, long nowNs) {
        if (client && receiver.peerHandshakeId() == null) {
            return refusesDial(path.loss().ptoCount(), error);
        }
        boolean unreachable = error != IcmpError.PACKET_TOO_BIG && path == switching.current();
        if (unreachable && path.suspect(nowNs)) {
            news.onPathSuspected(path, error, nowNs);
        }
        return false;
    }

    private boolean refusesDial(int probeTimeouts, IcmpError error) {
        if (error.isLasting() && probeTimeouts > lastProbeTimeouts) {
            lastProbeTimeouts = probeTimeouts;
            reports++;
        }
        return reports == REPORTS_TO_BELIEVE;
    }
}
