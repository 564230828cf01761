package dev.tern.fuzz.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/**
 * A world before it runs: its setting and what will be done in it. All of it follows from the seed.
 */
record WorldPlan(long seed, WorldSetting setting, List<Operation> operations) {
    private static final long MS = 1_000_000L;
    private static final int MAX_OPERATIONS = 18;

    static WorldPlan draw(long seed) {
        // Once through the mixer: generators of neighbouring seeds would otherwise be alike.
        RandomGenerator random = new SplittableRandom(new SplittableRandom(seed).nextLong());
        WorldSetting setting = WorldSetting.draw(random);
        long roundTrips = 3 + (long) Math.exp(random.nextDouble() * 4);
        long horizonNs = Math.max(20 * MS, setting.roundTripNs() * roundTrips);
        int count = 2 + random.nextInt(MAX_OPERATIONS - 1);
        List<Operation> drawn = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            OperationKind kind = i == 0 ? OperationKind.OPEN : OperationKind.draw(random);
            drawn.add(
                    new Operation(
                            0,
                            kind,
                            i == 0 ? 0 : random.nextLong(horizonNs),
                            random.nextInt(3) > 0 ? Role.DIALLER : Role.ACCEPTOR,
                            random.nextInt(setting.conversations()),
                            random.nextLong(),
                            random.nextLong()));
        }
        drawn.sort(Comparator.comparingLong(Operation::atNs));
        List<Operation> numbered = new ArrayList<>();
        for (Operation each : drawn) {
            numbered.add(
                    new Operation(
                            numbered.size(),
                            each.kind(),
                            each.atNs(),
                            each.role(),
                            each.conversation(),
                            each.a(),
                            each.b()));
        }
        return new WorldPlan(seed, setting, List.copyOf(numbered));
    }

    /** The same world with some of its operations only. */
    WorldPlan keeping(IntPredicate index) {
        return new WorldPlan(
                seed,
                setting,
                operations.stream().filter(each -> index.test(each.index())).toList());
    }
}
