package dev.tern.peer.interop.http3;

/** How a server answers. */
record Response(int status, long contentLength) implements Message {
    static final int OK = 200;
    static final int NOT_FOUND = 404;
    static final int METHOD_NOT_ALLOWED = 405;

    /** Whether another follows (RFC 9110 §15.2). */
    boolean isInterim() {
        return status >= 100 && status < OK;
    }
}
