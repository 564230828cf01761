package dev.tern.fuzz.sim;

import dev.tern.quic.stream.SendStream;
import dev.tern.quic.stream.Stream;

/** The sending half of a stream, as the application uses it. */
final class Sending {
    private static final int PIECE_BYTES = 4096;

    private final Party party;
    private final Stream stream;
    private final StreamWish wish;
    private final byte[] piece = new byte[PIECE_BYTES];
    private long allowedBytes;
    private long written;
    private boolean ended;
    private boolean given;

    Sending(Party party, Stream stream, StreamWish wish) {
        this.party = party;
        this.stream = stream;
        this.wish = wish;
        allowedBytes = wish.chunkBytes() == 0 ? wish.bytes() : 0;
    }

    /** The next chunk may go; returns whether another will follow. */
    boolean allowChunk() {
        allowedBytes = Math.min(wish.bytes(), allowedBytes + wish.chunkBytes());
        write();
        return allowedBytes < wish.bytes();
    }

    void allowAll() {
        allowedBytes = wish.bytes();
        write();
    }

    /** Writes what fits, and ends the stream when all is written. */
    void write() {
        SendStream send = stream.send();
        if (ended || send.isStopped()) {
            ended = true;
            given |= send.isStopped();
            return;
        }
        while (written < allowedBytes) {
            int length = (int) Math.min(PIECE_BYTES, allowedBytes - written);
            length = Math.min(length, send.writableBytes());
            if (length == 0) {
                return;
            }
            Content.fill(
                    piece,
                    length,
                    party.conversation().index(),
                    party.role(),
                    stream.id(),
                    written);
            written += send.write(piece, 0, length);
        }
        if (written == wish.bytes()) {
            end(wish.resets());
        }
    }

    /** Gives the stream up. */
    void reset() {
        if (!given) {
            end(true);
        }
    }

    private void end(boolean byReset) {
        ended = true;
        if (byReset) {
            given = true;
            stream.send().reset(stream.id() + 1);
        } else {
            stream.send().finish();
        }
    }

    /** Whether all bytes will arrive: neither side gave the stream up. */
    boolean mustArrive() {
        return !given && !stream.send().isStopped();
    }

    boolean hasEnded() {
        return ended || stream.send().isStopped();
    }

    /** Whether the connection says that the other side has everything. */
    boolean isDelivered() {
        return stream.send().isDelivered();
    }

    long bytes() {
        return wish.bytes();
    }

    Stream stream() {
        return stream;
    }
}
