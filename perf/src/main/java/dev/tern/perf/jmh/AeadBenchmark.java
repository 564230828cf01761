package dev.tern.perf.jmh;

import dev.tern.crypto.KeySchedule;
import dev.tern.crypto.PacketProtector;
import dev.tern.crypto.PacketTrain;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/**
 * Sealing a packet and masking its header, for each suite by each provider, and by libcrypto from C
 * as the yardstick. An operation is one packet.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class AeadBenchmark {
    /** As many as a send with segmentation offload usually carries. */
    private static final int TRAIN = 20;

    private static final int HEADER_BYTES = 13;
    private static final int NUMBER_OFFSET = 9;
    private static final int NUMBER_BYTES = HEADER_BYTES - NUMBER_OFFSET;
    private static final byte FIRST_BYTE = 0x43;

    @Param({"64", "1200", "1452"})
    private int bytes;

    /** {@code tern perf jmh} replaces it by all that the machine has. */
    @Param("AES_128_GCM_SHA256/jdk")
    private String cipher;

    private final PacketTrain train = new PacketTrain(TRAIN);
    private byte[] buffer;
    private int payloadBytes;
    private long packetNumber;
    private PacketProtector protector;
    private EvpYardstick yardstick;

    @Setup
    public void prepare() {
        PacketCipher parsed = PacketCipher.parse(cipher);
        payloadBytes = bytes - HEADER_BYTES - PacketProtector.TAG_BYTES;
        buffer = new byte[TRAIN * bytes];
        if (parsed.isC()) {
            yardstick = new EvpYardstick(parsed.suite().aead(), bytes);
        } else {
            byte[] secret = new byte[parsed.suite().hash().bytes()];
            protector =
                    PacketProtector.fromSecret(
                            parsed.suite(), KeySchedule.V1, secret, parsed.aeadProvider());
        }
    }

    /** One call for each packet. */
    @Benchmark
    @OperationsPerInvocation(TRAIN)
    public int protect() {
        if (yardstick != null) {
            return yardstick.run(TRAIN);
        }
        for (int i = 0; i < TRAIN; i++) {
            int start = i * bytes;
            buffer[start] = FIRST_BYTE;
            protector.seal(0, packetNumber++, buffer, start, HEADER_BYTES, payloadBytes);
            protector.protectHeader(buffer, start, start + NUMBER_OFFSET, NUMBER_BYTES);
        }
        return buffer[0];
    }

    /** One call for all. */
    @Benchmark
    @OperationsPerInvocation(TRAIN)
    public int protectTrain() {
        if (yardstick != null) {
            return yardstick.run(TRAIN);
        }
        train.clear();
        for (int i = 0; i < TRAIN; i++) {
            int start = i * bytes;
            buffer[start] = FIRST_BYTE;
            train.add(
                    packetNumber++,
                    start,
                    start + NUMBER_OFFSET,
                    start + HEADER_BYTES,
                    payloadBytes);
        }
        protector.protect(0, buffer, train);
        return buffer[0];
    }
}
