package dev.tern.perf.compare.end;

import java.io.IOException;
import java.security.GeneralSecurityException;

/**
 * A transport protocol under measurement: one connection, one stream, as fast as it goes until the
 * process ends.
 */
interface Stack {
    /** What an application hands over at once, and takes at most. */
    int CHUNK_BYTES = 1 << 16;

    /**
     * What a stack whose window does not grow by itself is given, so that none waits for credit.
     */
    int WINDOW_BYTES = 16 << 20;

    /** The payload of a UDP datagram in an Ethernet frame with IPv6; Tern's own default. */
    int DATAGRAM_BYTES = 1452;

    /**
     * Accepts one connection on a port of loopback, and counts what comes on its stream.
     *
     * @return the port, as soon as it listens
     */
    int receive(Meter received) throws IOException, GeneralSecurityException;

    /** Connects to that port and sends; may return when that goes on by itself. */
    void send(int port) throws IOException, GeneralSecurityException, InterruptedException;
}
