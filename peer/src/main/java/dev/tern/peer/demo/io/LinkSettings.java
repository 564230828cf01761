package dev.tern.peer.demo.io;

import dev.tern.quic.sim.LinkLane;

import java.util.random.RandomGenerator;

/**
 * The link between a NAT and the internet. The rate holds for what the peer sends: so each direction
 * of a path has one bottleneck with one queue, the sender's.
 *
 * @param delayNs one way
 * @param bitsPerSecond rate
 * @param queueNs how long a datagram may wait for its turn
 * @param loss probability of a datagram's loss
 */
public record LinkSettings(long delayNs, long bitsPerSecond, long queueNs, double loss) {
    private static final double NS_PER_SECOND = 1e9;

    LinkLane newUplink(RandomGenerator random) {
        long queueBytes = (long) (bitsPerSecond / 8.0 * queueNs / NS_PER_SECOND);
        return newDownlink(random).rate(bitsPerSecond, queueBytes);
    }

    LinkLane newDownlink(RandomGenerator random) {
        return new LinkLane(random).delayNs(delayNs).loss(loss);
    }
}
