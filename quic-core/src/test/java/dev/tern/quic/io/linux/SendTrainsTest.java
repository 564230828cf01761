package dev.tern.quic.io.linux;

import static org.assertj.core.api.Assertions.assertThat;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Trains of datagrams over a kernel that answers as the test says. */
@EnabledOnOs(OS.LINUX)
class SendTrainsTest {
    private static final Remote FIRST = new Remote(new InetSocketAddress("192.0.2.1", 1));
    private static final Remote SECOND = new Remote(new InetSocketAddress("192.0.2.2", 2));

    private static final long PIECES = 16;
    private static final long PIECE_COUNT = 24;
    private static final long CONTROL = 32;
    private static final long CONTROL_LENGTH = 40;
    private static final long HEADER_BYTES = 64;
    private static final long CONTROL_DATA = 16;

    /** What left, as "port: first byte of each datagram", a train together. */
    private final List<String> left = new ArrayList<>();

    /** What the kernel answers to the next calls; when empty it takes everything. */
    private final Queue<Integer> answers = new ArrayDeque<>();

    private NativeMemory memory;
    private SendTrains trains;

    @BeforeEach
    void open() throws IOException {
        memory = new NativeMemory(new Libc(), SendTrains.memoryBytes() + 64);
        trains = new SendTrains(memory, this::send, false, false);
    }

    @AfterEach
    void close() {
        memory.close();
    }

    private int send(long messages, int count) {
        Integer answer = answers.poll();
        int taken = answer == null ? count : Math.min(count, answer);
        for (int i = 0; i < taken; i++) {
            left.add(describe(at(messages + i * HEADER_BYTES, HEADER_BYTES)));
        }
        return taken;
    }

    @SuppressWarnings("restricted")
    private static MemorySegment at(long address, long bytes) {
        return MemorySegment.ofAddress(address).reinterpret(bytes);
    }

    private static String describe(MemorySegment message) {
        int port = SocketAddress.port(at(message.get(JAVA_LONG, 0), SocketAddress.MAX_BYTES), 0);
        StringBuilder text = new StringBuilder(port + ":");
        long pieces = message.get(JAVA_LONG, PIECE_COUNT);
        long controlBytes = message.get(JAVA_LONG, CONTROL_LENGTH);
        MemorySegment list = at(message.get(JAVA_LONG, PIECES), pieces * 16);
        for (long i = 0; i < pieces; i++) {
            long length = list.get(JAVA_LONG, i * 16 + 8);
            MemorySegment bytes = at(list.get(JAVA_LONG, i * 16), length);
            long step = length;
            if (controlBytes > 0) {
                MemorySegment control = at(message.get(JAVA_LONG, CONTROL), controlBytes);
                step = control.get(JAVA_SHORT, CONTROL_DATA);
            }
            for (long offset = 0; offset < length; offset += step) {
                text.append(' ').append(bytes.get(JAVA_BYTE, offset));
            }
        }
        return text.toString();
    }

    private boolean add(Remote to, int length, int value) {
        byte[] bytes = new byte[length];
        bytes[0] = (byte) value;
        return trains.add(to, 0, bytes, 0, length);
    }

    @Test
    void shouldPutDatagramsOfOneLengthTogetherAndAShorterOneToTheEnd() {
        add(FIRST, 100, 1);
        add(FIRST, 100, 2);
        add(FIRST, 50, 3);
        add(FIRST, 50, 4);
        add(FIRST, 100, 5);

        assertThat(trains.flush()).isTrue();
        assertThat(left).containsExactly("1: 1 2 3", "1: 4", "1: 5");
        assertThat(trains.isEmpty()).isTrue();
    }

    private boolean addTrain(Remote to, int length, int datagramBytes, int firstValue) {
        MemorySegment bytes = Arena.global().allocate(7 + length);
        for (int i = 0; i * datagramBytes < length; i++) {
            bytes.set(JAVA_BYTE, 7 + i * datagramBytes, (byte) (firstValue + i));
        }
        return trains.add(to, 0, bytes, 7, length, datagramBytes);
    }

    @Test
    void shouldSendATrainThatCameAsOne() {
        add(FIRST, 100, 1);
        addTrain(FIRST, 250, 100, 2);
        add(FIRST, 100, 5);

        assertThat(trains.flush()).isTrue();
        assertThat(left).containsExactly("1: 1", "1: 2 3 4", "1: 5");
    }

    @Test
    void shouldContinueATrainThatCameAsOneWhereItsLastDatagramWasFull() {
        addTrain(FIRST, 200, 100, 1);
        add(FIRST, 100, 3);
        add(FIRST, 60, 4);

        trains.flush();
        assertThat(left).containsExactly("1: 1 2 3 4");
    }

    @Test
    void shouldTakeNoMoreTrainsThanGoInOneCall() {
        for (int i = 0; i < SendTrains.MAX_TRAINS; i++) {
            assertThat(addTrain(FIRST, 300, 200, 0)).isTrue();
        }
        assertThat(addTrain(FIRST, 300, 200, 0)).isFalse();

        trains.flush();
        assertThat(left).hasSize(SendTrains.MAX_TRAINS);
    }

    @Test
    void shouldPutDatagramsThatLieApartToOneTrain() {
        addTrain(FIRST, 100, 100, 1);
        add(FIRST, 100, 2);
        addTrain(FIRST, 60, 100, 3);

        trains.flush();
        assertThat(left).containsExactly("1: 1 2 3");
    }

    @Test
    void shouldSendATrainThatCameAsOneDatagramByDatagramWhereItIsRefused() {
        addTrain(FIRST, 250, 100, 1);
        answers.add(-Errno.EIO);

        trains.flush();
        assertThat(left).containsExactly("1: 1", "1: 2", "1: 3");
        assertThat(trains.mayTrain()).isFalse();
    }

    @Test
    void shouldContinueTheTrainOfEachDestination() {
        add(FIRST, 100, 1);
        add(SECOND, 80, 2);
        add(FIRST, 100, 3);
        add(SECOND, 80, 4);

        trains.flush();
        assertThat(left).containsExactly("1: 1 3", "2: 2 4");
    }

    @Test
    void shouldKeepWhatTheKernelHasNoRoomForAndSendItFirst() {
        add(FIRST, 100, 1);
        add(SECOND, 100, 2);
        answers.addAll(List.of(1, -Errno.EAGAIN));

        assertThat(trains.flush()).isFalse();
        assertThat(left).containsExactly("1: 1");
        assertThat(add(SECOND, 100, 3)).isFalse();

        assertThat(trains.flush()).isTrue();
        assertThat(left).containsExactly("1: 1", "2: 2");
        assertThat(add(SECOND, 100, 3)).isTrue();
    }

    @Test
    void shouldKeepWhatAnInterfaceHasNoRoomForAndSayThatNothingTellsOfRoom() {
        add(FIRST, 100, 1);
        add(SECOND, 100, 2);
        answers.addAll(List.of(1, -Errno.ENOBUFS, -Errno.EAGAIN));

        assertThat(trains.flush()).isFalse();
        assertThat(trains.waitsForRoom()).isFalse();
        assertThat(trains.flush()).isFalse();
        assertThat(trains.waitsForRoom()).isTrue();

        assertThat(trains.flush()).isTrue();
        assertThat(left).containsExactly("1: 1", "2: 2");
        assertThat(trains.refusal()).isZero();
    }

    @Test
    void shouldSendOneByOneWhereTrainsAreRefused() {
        add(FIRST, 100, 1);
        add(SECOND, 80, 2);
        add(FIRST, 100, 3);
        add(FIRST, 60, 4);
        answers.add(-Errno.EIO);

        assertThat(trains.flush()).isTrue();
        assertThat(left).containsExactly("1: 1", "1: 3", "1: 4", "2: 2");
        assertThat(trains.mayTrain()).isFalse();
        assertThat(trains.refusal()).isZero();

        left.clear();
        add(FIRST, 100, 5);
        add(FIRST, 100, 6);
        trains.flush();
        assertThat(left).containsExactly("1: 5", "1: 6");
    }

    @Test
    void shouldGoOnWhereItWasWhenThereIsNoRoomAmongTheSingleOnes() {
        add(FIRST, 100, 1);
        add(FIRST, 100, 2);
        add(FIRST, 100, 3);
        answers.addAll(List.of(-Errno.EINVAL, 1, -Errno.EAGAIN));

        assertThat(trains.flush()).isFalse();
        assertThat(left).containsExactly("1: 1");

        assertThat(trains.flush()).isTrue();
        assertThat(left).containsExactly("1: 1", "1: 2", "1: 3");
    }

    /** A probe of the path's MTU may be too long; what went with it is not, and trains are fine. */
    @Test
    void shouldLoseOnlyTheDatagramThatIsTooLong() {
        add(FIRST, 1452, 1);
        add(FIRST, 1200, 2);
        add(SECOND, 1200, 3);
        answers.addAll(List.of(-Errno.EMSGSIZE, -Errno.EMSGSIZE));

        assertThat(trains.flush()).isTrue();
        assertThat(left).containsExactly("1: 2", "2: 3");
        assertThat(trains.refusal()).isEqualTo(Errno.EMSGSIZE);
        assertThat(trains.mayTrain()).isTrue();
    }

    @Test
    void shouldGoOnWithOtherDestinationsWhenOneIsRefused() {
        add(FIRST, 100, 1);
        add(FIRST, 100, 2);
        add(SECOND, 100, 3);
        answers.add(-Errno.ENETUNREACH);

        assertThat(trains.flush()).isTrue();
        assertThat(left).containsExactly("2: 3");
        assertThat(trains.refusal()).isEqualTo(Errno.ENETUNREACH);

        trains.flush();
        assertThat(trains.refusal()).isZero();
    }

    @Test
    void shouldSayWhenThereIsNoRoomForAnotherDestination() {
        for (int i = 0; i < SendTrains.MAX_TRAINS; i++) {
            assertThat(add(new Remote(new InetSocketAddress("192.0.2.3", 100 + i)), 10, i))
                    .isTrue();
        }

        assertThat(add(FIRST, 10, 1)).isFalse();
        trains.flush();
        assertThat(left).hasSize(SendTrains.MAX_TRAINS);
        assertThat(add(FIRST, 10, 1)).isTrue();
    }
}
