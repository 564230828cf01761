package dev.tern.fuzz.sim;

import dev.tern.quic.stream.Stream;
import dev.tern.quic.stream.StreamResetException;

/** The receiving half of a stream, as the application uses it: checks every byte. */
final class Receiving {
    private static final int PIECE_BYTES = 4096;

    private final Party party;
    private final Stream stream;
    private final byte[] piece = new byte[PIECE_BYTES];
    private long position;
    private boolean ended;
    private boolean stopped;
    private boolean reset;

    Receiving(Party party, Stream stream) {
        this.party = party;
        this.stream = stream;
    }

    /** Reads all there is. */
    void read() {
        if (isOver()) {
            return;
        }
        try {
            int count;
            while ((count = stream.receive().read(piece, 0, PIECE_BYTES)) > 0) {
                check(count);
                position += count;
            }
            if (count < 0) {
                ended = true;
            }
        } catch (StreamResetException e) {
            reset = true;
        }
    }

    private void check(int count) {
        int wrong =
                Content.firstWrong(
                        piece,
                        0,
                        count,
                        party.conversation().index(),
                        party.role().other(),
                        stream.id(),
                        position);
        if (wrong >= 0) {
            throw new Violation(
                    "delivery",
                    "%s: stream %d has a wrong byte at %d"
                            .formatted(party, stream.id(), position + wrong));
        }
    }

    /** Wants no more of it. */
    void stop() {
        if (!isOver()) {
            stopped = true;
            stream.receive().stopSending(stream.id() + 2);
        }
    }

    /** Whether the end was read, or the stream given up. */
    boolean isOver() {
        return ended || stopped || reset;
    }

    /** Whether it was this side that wanted no more. */
    boolean isGivenUp() {
        return stopped;
    }

    /** Whether exactly so many bytes were read, and then the end. */
    boolean hasRead(long bytes) {
        return ended && position == bytes;
    }
}
