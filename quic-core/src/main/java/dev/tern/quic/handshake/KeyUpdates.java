package dev.tern.quic.handshake;

import dev.tern.crypto.KeyPhases;
import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;

/**
 * Decides when the 1-RTT keys are updated, and when the old ones go (RFC 9001 §6): at the
 * application's wish, or because the cipher's limit comes near. Owned by one agent; not
 * thread-safe.
 */
public final class KeyUpdates {
    /** How long packets that were sealed before an update may be late (RFC 9001 §6.5). */
    private static final int KEEP_PREVIOUS_PTOS = 3;

    private KeyPhases phases;
    private boolean requested;
    private long dropPreviousNs = Long.MAX_VALUE;

    void start(KeyPhases keys) {
        phases = keys;
    }

    /** Updates as soon as an update may be initiated; at once, as a rule. */
    public void request() {
        requested = true;
    }

    /** How often this side has changed its keys, by its own wish or the peer's. */
    public int count() {
        return phases == null ? 0 : phases.updates();
    }

    /** Before a packet is sealed: the moment to update. */
    public void beforeSending() {
        if ((requested || phases.isUpdateDue()) && phases.mayUpdate()) {
            phases.update();
            requested = false;
        }
    }

    /**
     * A packet was opened, or failed to.
     *
     * @throws TransportException if a limit of the cipher is reached
     */
    public void onPacket(long nowNs, long ptoNs) {
        if (phases.isExhausted()) {
            throw new TransportException(
                    TransportError.AEAD_LIMIT_REACHED, "one key has protected all that it may");
        }
        if (!phases.keepsPrevious()) {
            dropPreviousNs = Long.MAX_VALUE;
        } else if (dropPreviousNs == Long.MAX_VALUE) {
            dropPreviousNs = nowNs + KEEP_PREVIOUS_PTOS * ptoNs;
        }
    }

    /** When {@link #onTimeout} wants to be called, or {@link Long#MAX_VALUE}. */
    public long deadlineNs() {
        return dropPreviousNs;
    }

    /** Drops the keys from before the last update when their time has come. */
    public void onTimeout(long nowNs) {
        if (dropPreviousNs != Long.MAX_VALUE && nowNs - dropPreviousNs >= 0) {
            dropPreviousNs = Long.MAX_VALUE;
            phases.dropPrevious();
        }
    }
}
