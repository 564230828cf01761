package dev.tern.fuzz.sim;

import dev.tern.quic.wire.ConnectionId;

import java.util.List;

/** A frame as the wiretap saw it; those that no rule looks at are left out. */
sealed interface ObservedFrame {
    /** Both ends included. */
    record Range(long smallest, long largest) {}

    /**
     * ACK.
     *
     * @param ect0 how many packets arrived marked ECT(0), -1 where it does not say
     * @param ce how many arrived marked CE
     */
    record Ack(long largest, long scaledDelay, List<Range> ranges, long ect0, long ce)
            implements ObservedFrame {
        boolean covers(long number) {
            return ranges.stream().anyMatch(r -> r.smallest() <= number && number <= r.largest());
        }
    }

    /**
     * STREAM.
     *
     * @param at where its bytes begin in the packet's payload
     */
    record Data(long streamId, long offset, int length, boolean fin, int at)
            implements ObservedFrame {
        long end() {
            return offset + length;
        }
    }

    record Reset(long streamId, long finalSize) implements ObservedFrame {}

    record MaxData(long limit) implements ObservedFrame {}

    record MaxStreamData(long streamId, long limit) implements ObservedFrame {}

    record MaxStreams(boolean bidirectional, long limit) implements ObservedFrame {}

    record NewId(long sequence, ConnectionId id) implements ObservedFrame {}

    record RetireId(long sequence) implements ObservedFrame {}

    record Challenge(long data) implements ObservedFrame {}

    record Response(long data) implements ObservedFrame {}

    record Close(boolean application, long code) implements ObservedFrame {}

    /** PATH_SWITCH or PING: sent whatever the congestion window says. */
    record Pressing() implements ObservedFrame {}

    /** ACK_FREQUENCY. */
    record AckWish(long sequence, long maxDelayNs) implements ObservedFrame {}

    /** IMMEDIATE_ACK. */
    record AckNow() implements ObservedFrame {}

    record HandshakeDone() implements ObservedFrame {}
}
