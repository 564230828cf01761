package dev.tern.peer.interop;

import java.io.IOException;
import java.io.InputStream;

/** Asks for files over one connection. */
interface FileClient {
    /** Asks for it, and does not wait for the answer: reading does. */
    InputStream get(Download file) throws IOException;
}
