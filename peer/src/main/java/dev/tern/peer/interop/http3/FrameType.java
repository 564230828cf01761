package dev.tern.peer.interop.http3;

/** The frames of RFC 9114 §7.2. */
enum FrameType {
    DATA(0x00),
    HEADERS(0x01),
    CANCEL_PUSH(0x03),
    SETTINGS(0x04),
    PUSH_PROMISE(0x05),
    GOAWAY(0x07),
    MAX_PUSH_ID(0x0d),
    /** Anything that may be invented later, or was to keep others tolerant (§9). */
    UNKNOWN(-1);

    private final int number;

    FrameType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /**
     * The one of that number.
     *
     * @throws Http3Exception for what HTTP/2 alone has (§7.2.8)
     */
    static FrameType of(long number) throws Http3Exception {
        if (number == 0x02 || number == 0x06 || number == 0x08 || number == 0x09) {
            throw new Http3Exception(
                    Http3Error.H3_FRAME_UNEXPECTED, "frame 0x%x of HTTP/2".formatted(number));
        }
        for (FrameType each : values()) {
            if (each.number == number) {
                return each;
            }
        }
        return UNKNOWN;
    }
}
