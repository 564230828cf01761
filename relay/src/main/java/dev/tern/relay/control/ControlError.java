package dev.tern.relay.control;

/**
 * Why a relay refuses something: the code of {@link ControlMessage.Refused}, and the application
 * error code with which a control connection closes.
 */
public enum ControlError {
    /** Closed because it was wished. */
    NONE(0),
    /** DIAL: nobody with that peer id is registered here. */
    UNKNOWN_PEER(1),
    /** DIAL: too many at once. */
    TOO_MANY_DIALS(2),
    /** Anything else of which there was too much at once. */
    LIMIT(3),
    /** The relay does not serve this peer. */
    REFUSED(4),
    /** Malformed, or out of order. */
    PROTOCOL(5);

    private final int code;

    ControlError(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** Whether an error with that code answers a DIAL; DIALs are answered in their order. */
    public static boolean answersDial(long code) {
        return code == UNKNOWN_PEER.code || code == TOO_MANY_DIALS.code;
    }
}
