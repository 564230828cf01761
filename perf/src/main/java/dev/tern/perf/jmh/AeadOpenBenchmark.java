package dev.tern.perf.jmh;

import dev.tern.crypto.KeySchedule;
import dev.tern.crypto.PacketProtector;

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

/** Unmasking a packet's header and opening it: one that is authentic, and one that is forged. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class AeadOpenBenchmark {
    private static final int HEADER_BYTES = 13;
    private static final int NUMBER_OFFSET = 9;
    private static final int PACKET_NUMBER = 7;

    @Param({"64", "1200", "1452"})
    private int bytes;

    /** {@code tern perf jmh} replaces it by all that the machine has. */
    @Param("AES_128_GCM_SHA256/jdk")
    private String openCipher;

    private PacketProtector protector;
    private byte[] sealed;
    private byte[] packet;

    @Setup
    public void prepare() {
        PacketCipher cipher = PacketCipher.parse(openCipher);
        byte[] secret = new byte[cipher.suite().hash().bytes()];
        protector =
                PacketProtector.fromSecret(
                        cipher.suite(), KeySchedule.V1, secret, cipher.aeadProvider());
        sealed = new byte[bytes];
        packet = new byte[bytes];
        sealed[0] = 0x43;
        int payloadBytes = bytes - HEADER_BYTES - PacketProtector.TAG_BYTES;
        protector.seal(0, PACKET_NUMBER, sealed, 0, HEADER_BYTES, payloadBytes);
        protector.protectHeader(sealed, 0, NUMBER_OFFSET, HEADER_BYTES - NUMBER_OFFSET);
    }

    @Benchmark
    public int open() {
        System.arraycopy(sealed, 0, packet, 0, bytes);
        return unprotect();
    }

    @Benchmark
    public int openForged() {
        System.arraycopy(sealed, 0, packet, 0, bytes);
        packet[bytes - 1] ^= 1;
        return unprotect();
    }

    private int unprotect() {
        protector.unprotectHeader(packet, 0, NUMBER_OFFSET);
        return protector.open(0, PACKET_NUMBER, packet, 0, HEADER_BYTES, bytes - HEADER_BYTES);
    }
}
