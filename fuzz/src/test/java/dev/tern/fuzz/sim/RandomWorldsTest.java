package dev.tern.fuzz.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

class RandomWorldsTest {
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    @Test
    void shouldKeepEveryRuleInTenThousandWorlds() throws InterruptedException {
        for (int first = 0; first < 10_000; first += 1000) {
            List<String> failures = new ArrayList<>();
            WorldRun run =
                    new WorldRun(first, 1000, failed -> failures.add(describe(failed)), done -> {})
                            .run(CORES);

            assertThat(failures).isEmpty();
            // A world in which nothing happens proves nothing.
            for (Counter counter : Counter.values()) {
                assertThat(run.counters().of(counter)).as(counter.toString()).isPositive();
            }
        }
    }

    private static String describe(WorldResult failed) {
        return "./tern sim --seed " + failed.plan().seed() + " --trace: " + failed.text();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void shouldGoTheSameCourseForTheSameSeed(long seed) {
        WorldPlan plan = WorldPlan.draw(seed);

        assertThat(WorldPlan.draw(seed)).isEqualTo(plan);
        assertThat(WorldResult.of(plan).hash()).isEqualTo(WorldResult.of(plan).hash());
    }

    @Test
    void shouldAddUpToTheSameOnAnyNumberOfThreads() throws InterruptedException {
        String alone = new WorldRun(100, 40, failed -> {}, done -> {}).run(1).summary();
        String together = new WorldRun(100, 40, failed -> {}, done -> {}).run(3).summary();

        assertThat(together).isEqualTo(alone);
        assertThat(new WorldRun(101, 40, failed -> {}, done -> {}).run(1).summary())
                .isNotEqualTo(alone);
    }

    @Test
    void shouldShrinkToWhatIsNeeded() {
        WorldPlan plan =
                LongStream.iterate(0, seed -> seed + 1)
                        .mapToObj(WorldPlan::draw)
                        .filter(drawn -> drawn.operations().size() > 5)
                        .findFirst()
                        .orElseThrow();

        WorldPlan small =
                new Shrinker(plan, smaller -> keeps(smaller, 1) && keeps(smaller, 4)).shrink();

        assertThat(small.operations()).extracting(Operation::index).containsExactly(1, 4);
    }

    private static boolean keeps(WorldPlan plan, int index) {
        return plan.operations().stream().anyMatch(each -> each.index() == index);
    }

    @Test
    void shouldTellItsStory() {
        List<String> lines = new ArrayList<>();
        World world = new World(WorldPlan.draw(0));
        world.tell(lines::add);
        world.run();

        assertThat(lines)
                .anyMatch(line -> line.contains("dialler sends #1, 1200 bytes"))
                .anyMatch(line -> line.contains("Initial 0, conversation 0"))
                .anyMatch(line -> line.contains("HANDSHAKE_DONE"))
                .anyMatch(line -> line.contains("CONNECTION_CLOSE"));
    }
}
