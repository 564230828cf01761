package dev.tern.quic.flow;

import dev.tern.quic.recovery.FrameOwner;
import dev.tern.quic.recovery.SentPacket;

/**
 * A number that the peer must learn in its newest version, whatever is lost on the way: MAX_DATA,
 * MAX_STREAMS, a reset's error code. It is due to be sent when it is new, and again when the packet
 * with its newest version is lost; an older version's loss means nothing. Values are not negative.
 * Owned by one agent; not thread-safe.
 */
public final class LatestValue implements FrameOwner {
    private static final long NONE = -1;

    private final Runnable changed;
    private long value = NONE;
    private boolean due;
    private boolean acknowledged;

    /**
     * @param changed called when the value becomes due and when its newest version is acknowledged
     */
    public LatestValue(Runnable changed) {
        this.changed = changed;
    }

    /** Sets the value; it is due if it is another than before. */
    public void offer(long newValue) {
        if (newValue == value) {
            return;
        }
        value = newValue;
        due = true;
        acknowledged = false;
        changed.run();
    }

    /** The peer need not know any more. */
    public void cancel() {
        value = NONE;
        due = false;
    }

    /** Whether it should be sent now. */
    public boolean isDue() {
        return due;
    }

    /** Whether the peer has acknowledged the newest value. */
    public boolean isAcknowledged() {
        return acknowledged;
    }

    /** The value, written into this packet now; not due until that packet is lost. */
    public long send(SentPacket packet) {
        due = false;
        packet.addFrame(this, value, 0);
        return value;
    }

    @Override
    public void onFrameAcked(long sentValue, long unused) {
        if (sentValue == value && !acknowledged) {
            acknowledged = true;
            due = false;
            changed.run();
        }
    }

    @Override
    public void onFrameLost(long sentValue, long unused) {
        if (sentValue == value && !acknowledged && !due) {
            due = true;
            changed.run();
        }
    }
}
