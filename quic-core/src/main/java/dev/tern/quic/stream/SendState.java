package dev.tern.quic.stream;

/**
 * States of a stream's sending half (RFC 9000 §3.1).
 *
 * <pre>
 *   READY --first STREAM--> SEND --FIN sent--> DATA_SENT --all acked--> DATA_RECVD
 *     |                       |                    |
 *     +--------- reset, STOP_SENDING --------------+--> RESET_SENT --acked--> RESET_RECVD
 * </pre>
 */
enum SendState {
    READY,
    SEND,
    DATA_SENT,
    RESET_SENT,
    DATA_RECVD,
    RESET_RECVD;

    /** Whether STREAM frames may be sent, first time or again. */
    boolean sendsData() {
        return this == READY || this == SEND || this == DATA_SENT;
    }

    /** Whether the peer has acknowledged all there will ever be. */
    boolean isTerminal() {
        return this == DATA_RECVD || this == RESET_RECVD;
    }
}
