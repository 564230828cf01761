package dev.tern.quic.path;

/** Why a side changes where it sends; the value of PATH_SWITCH's reason field. */
public enum SwitchReason {
    /** Both paths work; this one is better. Only the dialler says so. */
    BETTER(0),
    /** The old path's local address is gone: all in flight on it is lost. */
    GONE(1),
    /** The old path went silent. */
    SUSPECT(2);

    private static final SwitchReason[] VALUES = values();

    private final int code;

    SwitchReason(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** The reason of a received frame; an unknown one counts as the mildest. */
    static SwitchReason of(long value) {
        for (SwitchReason reason : VALUES) {
            if (reason.code == value) {
                return reason;
            }
        }
        return BETTER;
    }
}
