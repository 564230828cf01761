package dev.tern.fuzz.sim;

import static dev.tern.fuzz.sim.Operation.choice;

import dev.tern.quic.frame.AckFrequencyFrame;
import dev.tern.quic.frame.ImmediateAckFrame;
import dev.tern.quic.wire.ByteWriter;

import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** What can be done in a world. A new kind is one more constant: how often, and what. */
enum OperationKind {
    /** A stream of some kilobytes. */
    OPEN(
            30,
            (world, operation) -> {
                long a = operation.a();
                long bytes = (long) Math.exp(choice(a, 1200) / 100.0);
                world.party(operation)
                        .application()
                        .want(
                                new StreamWish(
                                        choice(a >>> 16, 2) == 0,
                                        bytes,
                                        0,
                                        0,
                                        choice(a >>> 20, 8) == 0,
                                        choice(a >>> 24, 8)));
            }),
    /** A stream of bytes that do not fit into windows at once. */
    BULK(
            6,
            (world, operation) ->
                    world.party(operation)
                            .application()
                            .want(
                                    new StreamWish(
                                            false,
                                            30_000 + choice(operation.a(), 90_000),
                                            0,
                                            0,
                                            false,
                                            3))),
    /** A stream of messages for longer than an idle connection lives. */
    CHAT(
            4,
            (world, operation) -> {
                long idleNs =
                        Math.min(
                                world.setting().manners(Role.DIALLER).idleNs(),
                                world.setting().manners(Role.ACCEPTOR).idleNs());
                world.party(operation)
                        .application()
                        .want(new StreamWish(true, 1500, 100, idleNs / 8, false, 1));
            }),
    /** More streams than may be open at a time. */
    MANY_STREAMS(
            3,
            (world, operation) -> {
                int count = 5 + choice(operation.a(), 40);
                for (int i = 0; i < count; i++) {
                    boolean bidirectional = (operation.b() >>> i & 1) == 0;
                    long bytes = i * 37L % 400;
                    world.party(operation)
                            .application()
                            .want(new StreamWish(bidirectional, bytes, 0, 0, false, 3));
                }
            }),
    RESET(5, (world, operation) -> world.party(operation).application().resetOne(operation.a())),
    STOP_SENDING(
            5, (world, operation) -> world.party(operation).application().stopOne(operation.a())),
    /** An application that does not read for a while. */
    PAUSE(
            4,
            (world, operation) -> {
                Party party = world.party(operation);
                party.application().pause();
                world.after(
                        world.someTimeNs(operation.a(), 8),
                        () -> {
                            party.application().resume();
                            world.wake(party);
                        });
            }),
    CLOSE(
            1,
            (world, operation) ->
                    world.party(operation).application().close(choice(operation.a(), 1000))),
    /** Messages in DATAGRAM frames. */
    MESSAGES(
            4,
            (world, operation) ->
                    world.party(operation)
                            .application()
                            .sendMessages(
                                    1 + choice(operation.a(), 20),
                                    8 + choice(operation.b(), 1100))),
    /** Twice, the second time perhaps before it may be. */
    UPDATE_KEYS(
            4,
            (world, operation) -> {
                Party party = world.party(operation);
                party.application().updateKeys();
                world.after(
                        world.someTimeNs(operation.a(), 2),
                        () -> {
                            party.application().updateKeys();
                            world.wake(party);
                        });
            }),
    /** Another connection, which goes on with an earlier one's session where it can; or two. */
    DIAL(
            3,
            (world, operation) -> {
                world.dialAgain();
                if (choice(operation.a(), 4) == 0) {
                    world.dialAgain();
                }
            }),
    /** As other stacks do: ACKs less or more often, or one at once. */
    ASK_FOR_ACKS(
            5,
            (world, operation) ->
                    world.party(operation).addToNextPacket(ackWish(world, operation))),
    /** Another interface, with or without the old one's help. */
    MOVE(14, (world, operation) -> world.host(operation).move(operation, world.party(operation))),
    /** Challenges from another interface, which carries nothing yet. */
    PROBE(4, (world, operation) -> world.host(operation).probe(operation, world.party(operation))),
    /** A NAT forgets its mappings. */
    REBIND(9, (world, operation) -> world.host(Role.DIALLER).rebind(operation)),
    /** Nothing passes one interface for a while, in one direction or both. */
    BLACKHOLE(6, (world, operation) -> world.host(operation).blackhole(operation)),
    /** An interface's network becomes another one, better or worse. */
    WEATHER(5, (world, operation) -> world.host(operation).changeLink(operation)),
    /** A router on the way changes ECN marks, or stops to. */
    BLEACH(4, (world, operation) -> world.host(operation).bleach(operation)),
    /** Bytes from a stranger, almost like a packet. */
    GARBAGE(4, (world, operation) -> world.attacker().sendGarbage(operation)),
    /** A copy of what passed before, from there or from elsewhere. */
    REPLAY(4, (world, operation) -> world.attacker().replay(operation)),
    /** A packet of somebody who has the keys and breaks the protocol. */
    FORGE(4, (world, operation) -> world.attacker().forge(world, operation)),
    /** The acceptor's host forgets everything but its reset key. */
    RESTART(1, (world, operation) -> world.restartAcceptor());

    /** What an operation does. */
    @FunctionalInterface
    private interface Action {
        void perform(World world, Operation operation);
    }

    private static final int MAX_FRAME_BYTES = 40;
    private static final int TOTAL_WEIGHT = totalWeight();

    private final int weight;

    @SuppressWarnings("ImmutableEnumChecker") // what it does has no state
    private final Action action;

    OperationKind(int weight, Action action) {
        this.weight = weight;
        this.action = action;
    }

    private static byte[] ackWish(World world, Operation operation) {
        byte[] bytes = new byte[MAX_FRAME_BYTES];
        ByteWriter out = new ByteWriter();
        out.wrap(bytes, 0, bytes.length);
        if (choice(operation.a(), 3) == 0) {
            ImmediateAckFrame.encode(out);
        } else {
            AckFrequencyFrame.encode(
                    out,
                    world.party(operation).nextAckWish(),
                    choice(operation.b(), 20),
                    1000 + choice(operation.b() >>> 8, 60_000),
                    choice(operation.b() >>> 32, 6));
        }
        return Arrays.copyOf(bytes, out.position());
    }

    private static int totalWeight() {
        int total = 0;
        for (OperationKind kind : values()) {
            total += kind.weight;
        }
        return total;
    }

    static OperationKind draw(RandomGenerator random) {
        int left = random.nextInt(TOTAL_WEIGHT);
        for (OperationKind kind : values()) {
            left -= kind.weight;
            if (left < 0) {
                return kind;
            }
        }
        throw new AssertionError("weights do not add up");
    }

    void perform(World world, Operation operation) {
        action.perform(world, operation);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
