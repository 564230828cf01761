package dev.tern.quic.congestion;

import dev.tern.quic.recovery.DeliveryRate;
import dev.tern.quic.recovery.RateSample;
import dev.tern.quic.recovery.SentPacket;

/** Hands everything on to another controller: for those that watch one, or change a part of it. */
public class ForwardingController implements CongestionController {
    private final CongestionController controller;

    protected ForwardingController(CongestionController controller) {
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
    public void onPacketLost(SentPacket packet, DeliveryRate delivery, long nowNs) {
        controller.onPacketLost(packet, delivery, nowNs);
    }

    @Override
    public void onRateSample(
            RateSample sample, DeliveryRate delivery, long bytesInFlight, long nowNs) {
        controller.onRateSample(sample, delivery, bytesInFlight, nowNs);
    }

    @Override
    public double pacingBytesPerNs() {
        return controller.pacingBytesPerNs();
    }

    @Override
    public void datagramBytes(int bytes) {
        controller.datagramBytes(bytes);
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
