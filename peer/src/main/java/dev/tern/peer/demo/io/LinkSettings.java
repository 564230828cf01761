package dev.tern.peer.demo.io;

import dev.tern.quic.sim.LinkLane;

import java.util.random.RandomGenerator;

/**
 * The link between a NAT and the internet, the same in both directions.
 *
 * @param delayNs one way
 * @param bitsPerSecond rate
 * @param queueNs how long a datagram may wait for its turn
 * @param loss probability of a datagram's loss
 */
public record LinkSettings(long delayNs, long bitsPerSecond, long queueNs, double loss) {
    private static final double NS_PER_SECOND = 1e9;

    LinkLane newLane(RandomGenerator random) {
        long queueBytes = (long) (bitsPerSecond / 8.0 * queueNs / NS_PER_SECOND);
        return new LinkLane(random).delayNs(delayNs).rate(bitsPerSecond, queueBytes).loss(loss);
    }
}
