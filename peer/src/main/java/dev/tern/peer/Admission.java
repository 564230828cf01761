package dev.tern.peer;

import dev.tern.quic.connection.Connection;
import dev.tern.quic.stream.Stream;

/**
 * Who may talk to an acceptor: whoever proves on the connection's first stream that it knows the
 * ticket's secret. Nothing else is served before.
 */
final class Admission {
    /** The application error code for a proof that is wrong. */
    static final long REFUSED_CODE = 1;

    /** The dialler's first bidirectional stream. */
    private static final long PROOF_STREAM_ID = 0;

    private static final int MOST_URGENT = 0;

    enum Verdict {
        WAITING,
        ADMITTED,
        REFUSED
    }

    private final TicketSecret secret;
    private final byte[] proof = new byte[TicketSecret.PROOF_BYTES];
    private int received;
    private boolean judged;

    Admission(TicketSecret secret) {
        this.secret = secret;
    }

    /** At the dialler: shows the proof, ahead of all else. */
    void show(Connection connection) {
        Stream stream = connection.streams().open(true);
        stream.setUrgency(MOST_URGENT);
        stream.send().write(secret.prove(connection.tls()), 0, TicketSecret.PROOF_BYTES);
        stream.send().finish();
    }

    boolean isProofStream(Stream stream) {
        return stream.id() == PROOF_STREAM_ID;
    }

    /** At the acceptor: takes in what has arrived of the proof. */
    Verdict read(Connection connection, Stream stream) {
        if (judged) {
            return Verdict.WAITING;
        }
        int n = stream.receive().read(proof, received, proof.length - received);
        received += Math.max(n, 0);
        if (received < proof.length) {
            return n < 0 ? Verdict.REFUSED : Verdict.WAITING;
        }
        judged = true;
        stream.send().finish();
        return secret.accepts(connection.tls(), proof) ? Verdict.ADMITTED : Verdict.REFUSED;
    }
}
