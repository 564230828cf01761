package dev.tern.perf.compare.end;

import java.io.IOException;
import java.security.GeneralSecurityException;

/**
 * A transport protocol under measurement, which does one thing as fast as it goes until the process
 * ends: carry bytes on one stream, make connections, or send a byte there and back.
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

    /** How many connections are being made at any time, where that is measured. */
    int CONNECTIONS = 8;

    /**
     * Accepts connections on a port of loopback, and counts what comes.
     *
     * @return the port, as soon as it listens
     */
    int receive(Meter received) throws IOException, GeneralSecurityException;

    /** Connects to that port and goes on; may return when that happens by itself. */
    void send(int port) throws IOException, GeneralSecurityException, InterruptedException;
}
