package dev.tern.perf.jmh;

import dev.tern.crypto.aead.AeadAlgorithm;
import dev.tern.crypto.aead.HeaderMask;

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

/** The masks of header protection, for one packet and for a train in one call. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class HeaderProtectionBenchmark {
    @Param private AeadAlgorithm algorithm;

    @Param({"1", "20", "64"})
    private int packets;

    private byte[] samples;
    private byte[] masks;
    private HeaderMask mask;

    @Setup
    public void prepare() {
        mask = HeaderMask.of(algorithm, new byte[algorithm.keyBytes()]);
        samples = new byte[packets * HeaderMask.SAMPLE_BYTES];
        masks = new byte[packets * HeaderMask.SAMPLE_BYTES];
    }

    @Benchmark
    public byte[] mask() {
        mask.mask(samples, 0, packets, masks);
        return masks;
    }
}
