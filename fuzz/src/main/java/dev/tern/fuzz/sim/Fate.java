package dev.tern.fuzz.sim;

import java.util.ArrayList;
import java.util.List;

/** What became of a packet after it was sent. */
final class Fate {
    private final List<Long> deliveriesNs = new ArrayList<>();
    private boolean taken;

    /**
     * It reached the other side.
     *
     * @param certain whether that side has all it needs to take it in, should it be the first time
     * @return whether it takes it in, for certain: it may have taken an earlier copy
     */
    boolean onDelivered(boolean certain, long nowNs) {
        boolean first = deliveriesNs.isEmpty();
        deliveriesNs.add(nowNs);
        taken |= certain;
        return certain && first;
    }

    /** Whether the other side has taken it in. */
    boolean isTaken() {
        return taken;
    }

    /** When it arrived, each time. */
    List<Long> deliveriesNs() {
        return deliveriesNs;
    }
}
