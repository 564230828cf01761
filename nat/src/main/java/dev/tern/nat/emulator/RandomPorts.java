package dev.tern.nat.emulator;

import java.util.BitSet;
import java.util.random.RandomGenerator;

/** Ports of a public address that exists only in a simulation. */
final class RandomPorts implements ExternalPorts {
    private static final int FIRST = 1024;
    private static final int END = 65_536;

    private final RandomGenerator random;
    private final BitSet taken = new BitSet(END);

    RandomPorts(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public int allocate() {
        int start = random.nextInt(FIRST, END);
        int port = taken.nextClearBit(start);
        if (port >= END) {
            port = taken.nextClearBit(FIRST);
        }
        if (port >= END) {
            return NONE_LEFT;
        }
        taken.set(port);
        return port;
    }

    @Override
    public void release(int port) {
        taken.clear(port);
    }
}
