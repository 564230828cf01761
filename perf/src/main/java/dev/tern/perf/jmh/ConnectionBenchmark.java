package dev.tern.perf.jmh;

import dev.tern.crypto.aead.Aead;
import dev.tern.crypto.aead.AeadAlgorithm;
import dev.tern.crypto.aead.AeadProvider;
import dev.tern.crypto.aead.AeadProviders;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/**
 * A bulk transfer between two connections in memory, by one thread: what a packet of 1200 bytes
 * costs each end, acknowledgements included, with the cipher and without. Its yardstick is what the
 * JDK's AES-128-GCM takes to seal one.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 4, time = 2)
public class ConnectionBenchmark {
    private static final int PACKET_BYTES = 1200;
    private static final int HEADER_BYTES = 12;

    /** Ciphers of a connection, and how many streams it has. */
    @State(Scope.Thread)
    public static class Transfer {
        /** {@code null}: nothing is sealed. {@code best}: as in a program. */
        @Param({"null", "best"})
        private String aead;

        @Param({"10", "10000"})
        private int streams;

        private BackToBack ends;

        @Setup
        public void prepare() {
            AeadProvider provider = "null".equals(aead) ? new NullAeadProvider() : null;
            ends = new BackToBack(provider, streams, PACKET_BYTES);
        }
    }

    /**
     * What each end has spent on packets, and on how many: sums, which are divided when all is
     * over. Benchmarks get at the transfer through this, or they would be given another one.
     */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Spent {
        private BackToBack ends;
        private long packetsBefore;
        private long sendNsBefore;
        private long receiveNsBefore;

        @Setup(Level.Iteration)
        public void begin(Transfer transfer) {
            ends = transfer.ends;
            packetsBefore = ends.packets();
            sendNsBefore = ends.sendNs();
            receiveNsBefore = ends.receiveNs();
        }

        public long packets() {
            return ends.packets() - packetsBefore;
        }

        public long sendNs() {
            return ends.sendNs() - sendNsBefore;
        }

        public long receiveNs() {
            return ends.receiveNs() - receiveNsBefore;
        }
    }

    /** The yardstick. */
    @State(Scope.Thread)
    public static class Yardstick {
        private final byte[] packet = new byte[PACKET_BYTES];
        private Aead aead;
        private long packetNumber;

        @Setup
        public void prepare() {
            aead =
                    AeadProviders.usable().stream()
                            .filter(provider -> provider.name().equals("jdk"))
                            .findAny()
                            .orElseThrow()
                            .aead(
                                    AeadAlgorithm.AES_128_GCM,
                                    new byte[16],
                                    new byte[Aead.NONCE_BYTES]);
        }

        @TearDown
        public void end() {
            aead.destroy();
        }
    }

    /** A round of up to 32 packets; the counters tell what one of them costs. */
    @Benchmark
    public long round(Spent spent) {
        spent.ends.round();
        return spent.packetsBefore;
    }

    @Benchmark
    public byte[] sealByJdk(Yardstick yardstick) {
        yardstick.aead.seal(
                0,
                yardstick.packetNumber++,
                yardstick.packet,
                0,
                HEADER_BYTES,
                PACKET_BYTES - HEADER_BYTES - Aead.TAG_BYTES);
        return yardstick.packet;
    }
}
