package dev.tern.quic.connection;

import dev.tern.quic.congestion.CongestionController;

/** A controller to be watched: hands everything on. */
class DelegatingController implements CongestionController {
    private final CongestionController controller;

    DelegatingController(CongestionController controller) {
        this.controller = controller;
    }

    @Override
    public long windowBytes() {
        return controller.windowBytes();
    }

    @Override
    public boolean inSlowStart() {
        return controller.inSlowStart();
    }

    @Override
    public void onPacketSent(int bytes, long bytesInFlight, long nowNs) {
        controller.onPacketSent(bytes, bytesInFlight, nowNs);
    }

    @Override
    public void onAcked(int bytes, long sentTimeNs, boolean applicationLimited, long nowNs) {
        controller.onAcked(bytes, sentTimeNs, applicationLimited, nowNs);
    }

    @Override
    public void onRttSample(
            long latestRttNs,
            long smoothedRttNs,
            long minRttNs,
            long packetNumber,
            long nextPacketNumber,
            long nowNs) {
        controller.onRttSample(
                latestRttNs, smoothedRttNs, minRttNs, packetNumber, nextPacketNumber, nowNs);
    }

    @Override
    public boolean onCongestionEvent(long sentTimeNs, long nowNs) {
        return controller.onCongestionEvent(sentTimeNs, nowNs);
    }

    @Override
    public void onPersistentCongestion() {
        controller.onPersistentCongestion();
    }

    @Override
    public void undoLastReduction() {
        controller.undoLastReduction();
    }

    @Override
    public void restart(long nowNs) {
        controller.restart(nowNs);
    }
}
