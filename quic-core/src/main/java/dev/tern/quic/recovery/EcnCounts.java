package dev.tern.quic.recovery;

/** Packets received with each ECN mark, in one packet number space (RFC 9000 §13.4.1). */
final class EcnCounts {
    private static final int ECT_1 = 1;
    private static final int ECT_0 = 2;
    private static final int CE = 3;

    private long ect0;
    private long ect1;
    private long ce;

    /** Counts a packet; returns whether the network marked it as congested. */
    boolean add(int codepoint) {
        switch (codepoint) {
            case ECT_0 -> ect0++;
            case ECT_1 -> ect1++;
            case CE -> ce++;
            default -> {}
        }
        return codepoint == CE;
    }

    /** Whether there is anything to report. */
    boolean any() {
        return (ect0 | ect1 | ce) != 0;
    }

    long ect0() {
        return ect0;
    }

    long ect1() {
        return ect1;
    }

    long ce() {
        return ce;
    }
}
