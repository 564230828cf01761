package dev.tern.perf.jmh;

import dev.tern.quic.frame.FrameReader;
import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.PacketType;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/** A payload of one frame, for every frame type. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class FrameBenchmark {
    @Param private SampleFrame frame;

    private final byte[] buffer = new byte[1500];
    private final ByteWriter out = new ByteWriter();
    private final ByteReader in = new ByteReader();
    private final FrameReader reader = new FrameReader();
    private final SummingHandler handler = new SummingHandler();
    private int length;

    @Setup
    public void prepare() {
        length = encode();
    }

    @Benchmark
    public long decode() {
        reader.read(in.wrap(buffer, 0, length), PacketType.ONE_RTT, handler);
        return handler.sum();
    }

    @Benchmark
    public int encode() {
        frame.encode(out.wrap(buffer, 0, buffer.length));
        return out.position();
    }
}
