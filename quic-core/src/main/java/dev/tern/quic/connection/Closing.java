package dev.tern.quic.connection;

import dev.tern.quic.frame.ConnectionCloseFrame;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.TransportError;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The end of a connection (RFC 9000 §10.2).
 *
 * <pre>
 *   OPEN --close here--> CLOSING --3 PTO--> CLOSED
 *     \--close there, or reset--> DRAINING --3 PTO--> CLOSED
 *     \--idle--> CLOSED
 * </pre>
 *
 * Owned by one agent; not thread-safe.
 */
final class Closing {
    enum State {
        OPEN,
        CLOSING,
        DRAINING,
        CLOSED
    }

    private static final int MAX_REASON_BYTES = 200;

    private State state = State.OPEN;
    private CloseReason reason;
    private boolean framePending;
    private long received;
    private long deadlineNs = Long.MAX_VALUE;

    State state() {
        return state;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    CloseReason reason() {
        return reason;
    }

    void close(CloseReason why, long lingerNs, long nowNs) {
        end(State.CLOSING, why, nowNs + lingerNs);
        framePending = true;
    }

    void drain(CloseReason why, long lingerNs, long nowNs) {
        end(State.DRAINING, why, nowNs + lingerNs);
    }

    void closeSilently(CloseReason why) {
        end(State.CLOSED, why, Long.MAX_VALUE);
    }

    private void end(State next, CloseReason why, long untilNs) {
        state = next;
        reason = why;
        deadlineNs = untilNs;
        framePending = false;
    }

    /** A packet of the peer's while closing: repeats the frame, less and less often (§10.2.1). */
    void onPacketWhileClosing() {
        received++;
        if (state == State.CLOSING && Long.bitCount(received) == 1) {
            framePending = true;
        }
    }

    boolean wantsToSend() {
        return framePending;
    }

    void onSent() {
        framePending = false;
    }

    /** Writes CONNECTION_CLOSE; before 1-RTT the application's reason stays private (§10.2.3). */
    void write(ByteWriter out, boolean oneRtt) {
        byte[] text = reason.message().getBytes(StandardCharsets.UTF_8);
        text = Arrays.copyOf(text, Math.min(text.length, MAX_REASON_BYTES));
        if (reason.application() && !oneRtt) {
            ConnectionCloseFrame.encode(
                    out, false, TransportError.APPLICATION_ERROR, 0, new byte[0]);
        } else {
            ConnectionCloseFrame.encode(out, reason.application(), reason.code(), 0, text);
        }
    }

    long deadlineNs() {
        return deadlineNs;
    }

    void onTimeout(long nowNs) {
        if (nowNs >= deadlineNs) {
            state = State.CLOSED;
            deadlineNs = Long.MAX_VALUE;
        }
    }
}
