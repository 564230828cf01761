package dev.tern.peer.interop;

import dev.tern.quic.api.QuicConnection;

/** Answers requests for files. */
interface FileServer {
    /** Serves one connection to its end. */
    void serve(QuicConnection connection);
}
