package dev.tern.perf.interop;

import dev.tern.perf.interop.io.UdpProxy.Rebinding;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.stream.Stream;

/** What is tried with each stack: the files, the network between, what must have come about. */
public enum Scenario {
    HANDSHAKE(1, Site.SMALL_BYTES),
    TRANSFER(1, Site.LARGE_BYTES),
    RETRY(1, Site.SMALL_BYTES) {
        @Override
        String missing(Evidence seen) {
            return seen.wire().sawRetry() ? null : "the server sent no Retry";
        }
    },
    /** Tern offers nothing else, so nothing more is to be seen. */
    CHACHA20(1, Site.SMALL_BYTES),
    KEYUPDATE(1, Site.LARGE_BYTES) {
        @Override
        String missing(Evidence seen) throws IOException {
            return seen.tern().updatedKeys() ? null : "no key was updated";
        }
    },
    MULTIPLEXING(200, Site.SMALL_BYTES),
    RESUMPTION(2, Site.SMALL_BYTES) {
        @Override
        String missing(Evidence seen) throws IOException {
            // A client of ours has looked itself.
            return seen.ternIsClient() || seen.tern().savedCertificate()
                    ? null
                    : "the second connection was no resumption";
        }
    },
    ZERORTT(4, Site.SMALL_BYTES) {
        @Override
        String missing(Evidence seen) throws IOException {
            return seen.ternIsClient() || seen.tern().receivedEarlyData() ? null : "no 0-RTT came";
        }
    },
    V2(1, Site.SMALL_BYTES) {
        @Override
        String missing(Evidence seen) {
            return seen.wire().sawServerSpeakVersion2()
                    ? null
                    : "the server did not speak version 2";
        }
    },
    /** Past the proxy, which does not carry marks. */
    ECN(1, Site.LARGE_BYTES) {
        @Override
        String missing(Evidence seen) throws IOException {
            boolean marked = seen.tern().receivedMarks();
            boolean counted = seen.tern().marksWereCounted();
            if (marked && counted) {
                return null;
            }
            return marked
                    ? "the peer counted no marks"
                    : counted ? "the peer marked nothing" : "the peer knows no ECN";
        }
    },
    TRANSFERLOSS(1, Site.LARGE_BYTES),
    HANDSHAKELOSS(5, Site.SMALL_BYTES),
    REBIND_PORT(1, Site.LARGE_BYTES) {
        @Override
        String missing(Evidence seen) {
            return whetherAnswered(seen);
        }
    },
    REBIND_ADDR(1, Site.LARGE_BYTES) {
        @Override
        String missing(Evidence seen) {
            return whetherAnswered(seen);
        }
    };

    private static final double TRANSFER_LOSS = 0.02;
    private static final double HANDSHAKE_LOSS = 0.3;
    private static final int ATTEMPTS_WITH_LOSS = 2;
    private static final long REBIND_AFTER_BYTES = 1_000_000;
    private static final String OTHER_ADDRESS = "127.0.0.2";
    private static final int TIMEOUT_S = 20;
    private static final int HANDSHAKELOSS_TIMEOUT_S = 60;

    private final int files;
    private final int fileBytes;

    Scenario(int files, int fileBytes) {
        this.files = files;
        this.fileBytes = fileBytes;
    }

    /** As the interop runner writes it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * What should have come about and did not, though all files arrived.
     *
     * @return null if nothing is missing
     */
    String missing(Evidence seen) throws IOException {
        return null;
    }

    /** The names of the files that are fetched. */
    Stream<String> files() {
        return Stream.iterate(0, i -> i + 1).limit(files).map(i -> Site.name(fileBytes, i));
    }

    /** How many connections the client makes. */
    public int connections() {
        return switch (this) {
            case HANDSHAKELOSS -> files;
            case RESUMPTION, ZERORTT -> 2;
            default -> 1;
        };
    }

    boolean passesProxy() {
        return this != ECN;
    }

    double loss() {
        return switch (this) {
            case TRANSFERLOSS -> TRANSFER_LOSS;
            case HANDSHAKELOSS -> HANDSHAKE_LOSS;
            default -> 0;
        };
    }

    /** A seed may lose all that matters; where nothing is lost there is no luck. */
    int attempts() {
        return loss() > 0 ? ATTEMPTS_WITH_LOSS : 1;
    }

    Rebinding rebinding() throws UnknownHostException {
        return switch (this) {
            case REBIND_PORT -> new Rebinding(REBIND_AFTER_BYTES, InetAddress.getLoopbackAddress());
            case REBIND_ADDR ->
                    new Rebinding(REBIND_AFTER_BYTES, InetAddress.getByName(OTHER_ADDRESS));
            default -> Rebinding.NEVER;
        };
    }

    int timeoutSeconds() {
        return this == HANDSHAKELOSS ? HANDSHAKELOSS_TIMEOUT_S : TIMEOUT_S;
    }

    private static String whetherAnswered(Evidence seen) {
        return seen.answeredAfterRebinding() ? null : "the server never used the new address";
    }
}
