package dev.tern.quic.stream;

/**
 * What one side lets the other send: the six flow-control transport parameters (RFC 9000 §18.2).
 * "Local" streams are those that the side which declares the limits opens.
 */
public record StreamLimits(
        long maxData,
        long maxStreamDataBidiLocal,
        long maxStreamDataBidiRemote,
        long maxStreamDataUni,
        long maxStreamsBidi,
        long maxStreamsUni) {
    /** Before the peer's transport parameters are known. */
    public static final StreamLimits NONE = new StreamLimits(0, 0, 0, 0, 0, 0);
}
