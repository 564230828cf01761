package dev.tern.quic.stream;

/**
 * States of a stream's receiving half (RFC 9000 §3.2).
 *
 * <pre>
 *   RECV --FIN--> SIZE_KNOWN --all arrived--> DATA_RECVD --all read--> DATA_READ
 *     |               |
 *     +-RESET_STREAM--+--> RESET_RECVD --application told--> RESET_READ
 * </pre>
 */
enum ReceiveState {
    RECV,
    SIZE_KNOWN,
    DATA_RECVD,
    DATA_READ,
    RESET_RECVD,
    RESET_READ;

    /** Whether STREAM frames still bring something. */
    boolean takesData() {
        return this == RECV || this == SIZE_KNOWN;
    }

    boolean isTerminal() {
        return this == DATA_READ || this == RESET_READ;
    }
}
