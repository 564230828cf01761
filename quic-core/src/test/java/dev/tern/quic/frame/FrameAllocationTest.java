package dev.tern.quic.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.PacketType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

class FrameAllocationTest {
    private static final int WARM_UP = 5_000;
    private static final int MEASURED = 1_000;
    private static final int ROUNDS = 5;

    /** Address frames are rare, and an address is an object. */
    private static final EnumSet<FrameType> WITH_ADDRESS =
            EnumSet.of(
                    FrameType.OBSERVED_ADDRESS,
                    FrameType.ADD_ADDRESS,
                    FrameType.PUNCH_ME_NOW,
                    FrameType.ROUTABLE_CONNECTION_ID);

    /** A new type comes in by itself, and needs a sample then. */
    @ParameterizedTest
    @MethodSource("spokenTypes")
    void shouldBeDecodedAndEncodedInPlace(FrameType type) {
        FrameSample sample = withLength(type, new Random(1));
        ByteWriter packet = FrameSample.encode(List.of(sample));
        int length = packet.position();
        FrameReader reader = new FrameReader();
        ByteReader in = new ByteReader();
        FrameAdapter handler = new FrameAdapter();

        long leastBytes =
                leastAllocated(
                        () -> {
                            reader.read(
                                    in.wrap(packet.array(), 0, length),
                                    PacketType.ONE_RTT,
                                    handler);
                            sample.encoder().accept(packet.wrap(packet.array(), 0, length));
                        });

        assertThat(leastBytes == 0).isEqualTo(!WITH_ADDRESS.contains(type));
    }

    static Stream<FrameType> spokenTypes() {
        return Arrays.stream(FrameType.values()).filter(type -> !type.isReserved());
    }

    /**
     * The least of several rounds: the JVM itself may allocate something once, in the midst of a
     * round; the code would in each.
     */
    private static long leastAllocated(Runnable action) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < WARM_UP; i++) {
            action.run();
        }
        long leastBytes = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < MEASURED; i++) {
                action.run();
            }
            leastBytes = Math.min(leastBytes, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return leastBytes;
    }

    private static FrameSample withLength(FrameType type, Random random) {
        FrameSample sample = FrameSamples.any(type, random);
        return sample.toEnd() ? withLength(type, random) : sample;
    }
}
