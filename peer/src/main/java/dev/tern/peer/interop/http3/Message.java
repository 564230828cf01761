package dev.tern.peer.interop.http3;

/** The head of a request or a response. */
sealed interface Message permits Request, Response {
    /** There is no content-length. */
    long UNKNOWN_LENGTH = -1;

    /** How many bytes follow, or {@link #UNKNOWN_LENGTH}. */
    long contentLength();
}
