package dev.tern.nat.emulator;

import java.util.random.RandomGenerator;

/**
 * The ports of a NAT's public address. A program that emulates a NAT between real sockets opens one
 * for each here.
 */
public interface ExternalPorts {
    /** What {@link #allocate} returns when there is none left. */
    int NONE_LEFT = -1;

    /** A port that no mapping has now, or {@link #NONE_LEFT}. */
    int allocate();

    /** A mapping is gone, and its port is free again. */
    void release(int port);

    /** Ports from 1024 up, chosen at random, so that nobody can predict the next one. */
    static ExternalPorts random(RandomGenerator random) {
        return new RandomPorts(random);
    }
}
