package dev.tern.quic.congestion.bbr;

/** The states and their gains (draft-ietf-ccwg-bbr, "State Machine" and table of gains). */
enum Phase {
    STARTUP(2.77, 2.0),
    DRAIN(0.5, 2.0),
    PROBE_BW_DOWN(0.9, 2.0),
    PROBE_BW_CRUISE(1.0, 2.0),
    PROBE_BW_REFILL(1.0, 2.0),
    PROBE_BW_UP(1.25, 2.25),
    PROBE_RTT(1.0, 0.5);

    private final double pacingGain;
    private final double windowGain;

    Phase(double pacingGain, double windowGain) {
        this.pacingGain = pacingGain;
        this.windowGain = windowGain;
    }

    double pacingGain() {
        return pacingGain;
    }

    double windowGain() {
        return windowGain;
    }

    boolean isProbeBw() {
        return this == PROBE_BW_DOWN
                || this == PROBE_BW_CRUISE
                || this == PROBE_BW_REFILL
                || this == PROBE_BW_UP;
    }

    /** Whether more than what is known is tried, so that losses are an answer, not a verdict. */
    boolean isProbingUpwards() {
        return this == STARTUP || this == PROBE_BW_REFILL || this == PROBE_BW_UP;
    }
}
