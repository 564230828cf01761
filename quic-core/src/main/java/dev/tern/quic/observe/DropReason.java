package dev.tern.quic.observe;

/** Why a packet that arrived was of no use. */
public enum DropReason {
    /** There are no keys for it yet, or no longer. */
    KEYS_UNAVAILABLE,
    /** It is not authentic. */
    DECRYPTION_FAILURE,
    /** It came before. */
    DUPLICATE,
    /** It came by a path that may not be used, or that no connection ID is left for. */
    NO_PATH,
    /** Its header says that it is not of this connection's peer, or version. */
    UNEXPECTED_HEADER
}
