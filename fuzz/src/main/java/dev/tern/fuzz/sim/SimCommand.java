package dev.tern.fuzz.sim;

import dev.tern.fuzz.plant.Plant;
import dev.tern.fuzz.plant.PlantHunt;
import dev.tern.peer.cli.Subcommand;
import dev.tern.peer.cli.UserError;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code tern sim}: random worlds, as many as wanted, or one of them told packet by packet. */
@Command(
        name = "sim",
        description =
                "Run simulated networks full of faults and attacks, and check every step of them.",
        mixinStandardHelpOptions = true)
public final class SimCommand implements Subcommand {
    private static final int PLANTED_WORLDS = 2000;
    private static final String NONE = "none";

    @Option(names = "--seeds", paramLabel = "N", description = "How many worlds to run.")
    private Long seeds;

    @Option(names = "--first", paramLabel = "S", description = "The first seed; 0 if not given.")
    private long first;

    @Option(names = "--seed", paramLabel = "S", description = "Run this world only.")
    private Long seed;

    @Option(
            names = "--keep",
            paramLabel = "I,J,...",
            description = "With --seed: only these of its operations, or none.")
    private String keep;

    @Option(
            names = "--trace",
            description = "With --seed: tell what happens, packet by packet and frame by frame.")
    private boolean trace;

    @Option(
            names = "--plant",
            paramLabel = "NAME",
            description =
                    "Plant a fault into the code, or all known ones after each other, and see"
                            + " whether the worlds find it.")
    private String plant;

    @Option(names = "--threads", paramLabel = "N", description = "All cores if not given.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws InterruptedException {
        check();
        if (plant != null) {
            return hunt();
        }
        return seed == null ? runMany() : runOne();
    }

    private void check() {
        if ((seed == null) == (seeds == null) && plant == null) {
            throw new UserError("give either --seeds, or --seed for one world");
        }
        if ((trace || keep != null) && seed == null) {
            throw new UserError("--trace and --keep need a world: --seed");
        }
        if (seeds != null && seeds < 1) {
            throw new UserError("--seeds must be at least 1");
        }
        if (threads < 1) {
            throw new UserError("--threads must be at least 1");
        }
    }

    private int runMany() throws InterruptedException {
        Progress progress = new Progress(seeds);
        WorldRun run = new WorldRun(first, seeds, SimCommand::report, progress::show).run(threads);
        System.out.println(run.summary());
        return run.failed() == 0 ? 0 : 1;
    }

    private int runOne() {
        WorldPlan plan = WorldPlan.draw(seed);
        if (keep != null) {
            plan = plan.keeping(keptOperations()::contains);
        }
        System.out.println(plan.setting());
        plan.operations().forEach(System.out::println);
        World world = new World(plan);
        if (trace) {
            world.tell(System.out::println);
        }
        WorldResult result = WorldResult.of(plan, world);
        if (result.failed()) {
            System.out.println(result.text());
        }
        System.out.println(
                "worlds=1 failed=%d hash=%016x %s"
                        .formatted(result.failed() ? 1 : 0, result.hash(), result.counters()));
        return result.failed() ? 1 : 0;
    }

    private Set<Integer> keptOperations() {
        if (keep.equals(NONE)) {
            return Set.of();
        }
        if (!keep.matches("\\d{1,4}(,\\d{1,4})*")) {
            throw new UserError("--keep takes numbers of operations, as in --keep 0,3, or none");
        }
        return Stream.of(keep.split(",", -1)).map(Integer::valueOf).collect(Collectors.toSet());
    }

    /** Says what failed, and how to see it again in as few operations as possible. */
    private static void report(WorldResult failed) {
        List<Operation> operations = Shrinker.of(failed).shrink().operations();
        StringBuilder text = new StringBuilder();
        text.append("seed ").append(failed.plan().seed()).append(": ").append(failed.text());
        text.append("\n  with these operations it still fails:\n");
        operations.forEach(each -> text.append("    ").append(each).append('\n'));
        String indexes =
                operations.stream()
                        .map(each -> Integer.toString(each.index()))
                        .collect(Collectors.joining(","));
        text.append("  ./tern sim --seed ").append(failed.plan().seed());
        text.append(" --keep ").append(indexes.isEmpty() ? NONE : indexes).append(" --trace");
        System.out.println(text);
    }

    private int hunt() throws InterruptedException {
        List<Plant> plants = plant.equals("all") ? Plant.ALL : List.of(named(plant));
        if (seed != null) {
            return PlantHunt.rerun(plants.getFirst(), argumentsWithoutPlant());
        }
        long worlds = seeds == null ? PLANTED_WORLDS : seeds;
        int found = 0;
        for (PlantHunt hunt :
                PlantHunt.all(plants, each -> PlantHunt.of(each, first, worlds), threads)) {
            System.out.println(hunt.result());
            found += hunt.found() ? 1 : 0;
        }
        System.out.println("plants=%d found=%d".formatted(plants.size(), found));
        return found == plants.size() ? 0 : 1;
    }

    private static Plant named(String name) {
        for (Plant each : Plant.ALL) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        throw new UserError(
                "no such plant: "
                        + name
                        + "; there are "
                        + Plant.ALL.stream().map(Plant::name).collect(Collectors.joining(", ")));
    }

    private List<String> argumentsWithoutPlant() {
        List<String> arguments = new ArrayList<>(List.of("--seed", seed.toString()));
        if (keep != null) {
            arguments.addAll(List.of("--keep", keep));
        }
        if (trace) {
            arguments.add("--trace");
        }
        return arguments;
    }
}
