package dev.tern.quic.flow;

/**
 * How many stream bytes the peer lets us send on the whole connection (RFC 9000 §4.1). Only bytes
 * sent for the first time use credit. Owned by one agent; not thread-safe.
 */
public final class SendCredit {
    private long limitBytes;
    private long usedBytes;

    /** The limit that DATA_BLOCKED names (RFC 9000 §19.12). */
    public long limitBytes() {
        return limitBytes;
    }

    public long availableBytes() {
        return limitBytes - usedBytes;
    }

    /** New bytes go out; the caller has asked {@link #availableBytes} before. */
    public void use(long bytes) {
        usedBytes += bytes;
    }

    /**
     * MAX_DATA or a transport parameter arrived. A lower limit than the present one is an old
     * packet's (RFC 9000 §4.1).
     *
     * @return whether there is more credit than before
     */
    public boolean raise(long newLimitBytes) {
        if (newLimitBytes <= limitBytes) {
            return false;
        }
        limitBytes = newLimitBytes;
        return true;
    }
}
