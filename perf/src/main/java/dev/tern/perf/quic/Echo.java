package dev.tern.perf.quic;

import dev.tern.quic.api.QuicStream;
import dev.tern.quic.api.StreamHandler;

import java.io.IOException;
import java.util.function.LongConsumer;

/** A stream at the server whose bytes go back as they came. */
public final class Echo implements StreamHandler {
    private final byte[] bytes = new byte[1 << 12];
    private final LongConsumer counter;
    private int written;
    private int length;
    private boolean finished;

    /**
     * @param counter of the bytes that came
     */
    public Echo(LongConsumer counter) {
        this.counter = counter;
    }

    @Override
    public void onReadable(QuicStream stream) {
        echo(stream);
    }

    @Override
    public void onWritable(QuicStream stream) {
        echo(stream);
    }

    private void echo(QuicStream stream) {
        try {
            while (!finished && flush(stream)) {
                length = stream.readNow(bytes, 0, bytes.length);
                written = 0;
                if (length < 0) {
                    finished = true;
                    stream.finish();
                }
                if (length <= 0) {
                    return;
                }
                counter.accept(length);
            }
        } catch (IOException e) {
            finished = true;
            stream.close(); // The client has given it up, or is gone.
        }
    }

    /** Whether nothing is left to write. */
    private boolean flush(QuicStream stream) throws IOException {
        if (written < length) {
            written += stream.writeNow(bytes, written, length - written);
        }
        return written >= length;
    }
}
