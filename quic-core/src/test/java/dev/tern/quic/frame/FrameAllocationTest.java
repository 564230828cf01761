package dev.tern.quic.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.PacketType;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;

class FrameAllocationTest {
    private static final int WARM_UP = 20_000;
    private static final int MEASURED = 1_000;
    private static final int ROUNDS = 5;

    /** Address frames are rare, and an address is an object. */
    private static final EnumSet<FrameType> WITH_ADDRESS =
            EnumSet.of(
                    FrameType.OBSERVED_ADDRESS,
                    FrameType.ADD_ADDRESS,
                    FrameType.PUNCH_ME_NOW,
                    FrameType.ROUTABLE_CONNECTION_ID);

    @Test
    void shouldDecodeEveryFrameWithoutAddressInPlace() {
        ByteWriter packet = FrameSample.encode(everyFrameWithoutAddress());
        FrameReader reader = new FrameReader();
        ByteReader in = new ByteReader();
        SilentFrameHandler handler = new SilentFrameHandler();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        for (int i = 0; i < WARM_UP; i++) {
            reader.read(in.wrap(packet.array(), 0, packet.position()), PacketType.ONE_RTT, handler);
        }
        // The JVM itself may allocate something once, in the midst of a round; the code would in
        // each.
        long leastBytes = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < MEASURED; i++) {
                reader.read(
                        in.wrap(packet.array(), 0, packet.position()), PacketType.ONE_RTT, handler);
            }
            leastBytes = Math.min(leastBytes, threads.getCurrentThreadAllocatedBytes() - before);
        }

        assertThat(leastBytes).isZero();
    }

    private static List<FrameSample> everyFrameWithoutAddress() {
        Random random = new Random(1);
        List<FrameSample> samples = new ArrayList<>();
        for (FrameType type : FrameType.values()) {
            if (!type.isReserved() && !WITH_ADDRESS.contains(type)) {
                samples.add(withLength(type, random));
            }
        }
        return samples;
    }

    private static FrameSample withLength(FrameType type, Random random) {
        FrameSample sample = FrameSamples.any(type, random);
        return sample.toEnd() ? withLength(type, random) : sample;
    }
}
