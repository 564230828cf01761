package dev.tern.peer.interop;

import dev.tern.crypto.CipherSuite;
import dev.tern.crypto.tls.TlsConfigBuilder;
import dev.tern.quic.connection.ConnectionConfigBuilder;
import dev.tern.quic.wire.Versions;

import java.util.Locale;

/** What the interop runner tests, and how both sides differ from ordinary ones in it. */
enum TestCase {
    HANDSHAKE,
    TRANSFER,
    LONGRTT,
    CHACHA20,
    MULTIPLEXING,
    HTTP3,
    RETRY,
    RESUMPTION,
    ZERORTT,
    BLACKHOLE,
    KEYUPDATE,
    ECN,
    AMPLIFICATIONLIMIT,
    HANDSHAKELOSS,
    TRANSFERLOSS,
    HANDSHAKECORRUPTION,
    TRANSFERCORRUPTION,
    V2,
    REBIND_PORT,
    REBIND_ADDR,
    CONNECTIONMIGRATION,
    IPV6,
    GOODPUT,
    CROSSTRAFFIC,
    MULTICONNECT;

    /** What a program exits with in a case that it does not know, so says the runner. */
    static final int UNSUPPORTED_EXIT_CODE = 127;

    /** Small, so that the limits must rise during a transfer; well above what 10 Mbit/s need. */
    private static final long CLIENT_STREAM_WINDOW_BYTES = 512 * 1024;

    private static final int MAX_STREAMS = 100;

    /** A client that only receives would never tell the server that a NAT has rebound it. */
    private static final long KEEP_ALIVE_NS = 500_000_000L;

    /** The case of that name, or null. */
    static TestCase named(String name) {
        for (TestCase each : values()) {
            if (each.toString().equals(name)) {
                return each;
            }
        }
        return null;
    }

    /** As the runner writes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What is spoken unless an option says otherwise. */
    Protocol protocol() {
        return this == HTTP3 ? Protocol.H3 : Protocol.HQ_INTEROP;
    }

    /** Whether each file comes by a connection of its own. */
    boolean connectsForEachFile() {
        return this == MULTICONNECT || this == HANDSHAKELOSS || this == HANDSHAKECORRUPTION;
    }

    /** Whether a second connection goes on with the session of the first. */
    boolean resumes() {
        return this == RESUMPTION || this == ZERORTT;
    }

    TlsConfigBuilder adjust(TlsConfigBuilder tls) {
        return this == CHACHA20 ? tls.cipherSuites(CipherSuite.CHACHA20_POLY1305_SHA256) : tls;
    }

    ConnectionConfigBuilder adjust(ConnectionConfigBuilder config, boolean client) {
        if (client) {
            config.streams(MAX_STREAMS, CLIENT_STREAM_WINDOW_BYTES, 2 * CLIENT_STREAM_WINDOW_BYTES)
                    .keepAlive(KEEP_ALIVE_NS);
        }
        return config.versions(versions());
    }

    /** The best first. All cases but one want version 1 and nothing else on the wire. */
    Integer[] versions() {
        return this == V2 ? new Integer[] {Versions.V2, Versions.V1} : new Integer[] {Versions.V1};
    }
}
