package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteWriter;

import java.util.List;
import java.util.function.Consumer;

/**
 * A frame to be written and what a handler must hear of it.
 *
 * @param size what the frame's class says it takes
 * @param toEnd whether the frame has no length of its own and takes all that follows
 */
record FrameSample(
        FrameType type, int size, boolean toEnd, Consumer<ByteWriter> encoder, List<String> heard) {
    static final int CAPACITY = 4096;

    /** Writes the samples one behind the other. */
    static ByteWriter encode(List<FrameSample> samples) {
        ByteWriter out = new ByteWriter().wrap(new byte[CAPACITY], 0, CAPACITY);
        samples.forEach(sample -> sample.encoder.accept(out));
        return out;
    }

    @Override
    public String toString() {
        return heard.toString();
    }
}
