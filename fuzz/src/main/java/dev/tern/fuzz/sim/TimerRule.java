package dev.tern.fuzz.sim;

import dev.tern.quic.path.Path;

/**
 * Whoever waits for an acknowledgement has a timer set that is no later than the probe timeout (RFC
 * 9002 §6.2.1), and its host knows of it.
 */
final class TimerRule extends Rule {
    private static final int MIN_DATAGRAM_BYTES = 1200;
    private static final int MAX_BACK_OFF_SHIFT = 10;

    private final World world;

    TimerRule(Party party, World world) {
        super("timer", party);
        this.world = world;
    }

    @Override
    void afterStep(long nowNs) {
        if (!party().isReady()) {
            return;
        }
        long deadlineNs = party().connection().nextDeadlineNs();
        long hostNs = world.host(party().role()).nextDeadlineNs();
        require(hostNs <= deadlineNs, "waits until %d, its host until %d", deadlineNs, hostNs);
        Path path = party().connection().currentPath();
        boolean waits =
                !path.isAbandoned()
                        && path.allowsBytes(MIN_DATAGRAM_BYTES)
                        && path.loss().hasAckElicitingInFlight();
        if (waits) {
            int shift = Math.min(path.loss().ptoCount(), MAX_BACK_OFF_SHIFT);
            long latestNs = path.lastSentNs() + (path.rtt().ptoNs(Party.MAX_ACK_DELAY_NS) << shift);
            require(
                    deadlineNs <= Math.max(nowNs, latestNs),
                    "waits until %d, the probe timeout is at %d",
                    deadlineNs,
                    latestNs);
        }
    }
}
