package dev.tern.fuzz.plant;

import picocli.CommandLine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.LongFunction;

/** Looks for a planted fault, world by world. */
public final class PlantHunt {
    private static final String WORLDS = "dev.tern.fuzz.sim.PlantedWorlds";
    private static final String COMMAND = "dev.tern.fuzz.sim.SimCommand";

    private final Plant plant;
    private final long foundAt;
    private final long worlds;
    private final String failure;

    private PlantHunt(Plant plant, long foundAt, long worlds, String failure) {
        this.plant = plant;
        this.foundAt = foundAt;
        this.worlds = worlds;
        this.failure = failure;
    }

    /** Runs worlds with the fault in them until one of them fails. */
    public static PlantHunt of(Plant plant, long first, long count) {
        return of(plant, worldsWith(plant), first, count);
    }

    /** The same, but the world that is known to have failed once comes before all. */
    public static PlantHunt withHint(Plant plant, long count) {
        LongFunction<String> worlds = worldsWith(plant);
        PlantHunt hinted = of(plant, worlds, plant.hint(), 1);
        return hinted.found() ? hinted : of(plant, worlds, 0, count);
    }

    private static PlantHunt of(Plant plant, LongFunction<String> worlds, long first, long count) {
        for (long seed = first; seed < first + count; seed++) {
            String failure = worlds.apply(seed);
            if (failure != null) {
                return new PlantHunt(plant, seed, seed - first + 1, failure);
            }
        }
        return new PlantHunt(plant, -1, count, null);
    }

    /**
     * One hunt for each plant, some at a time.
     *
     * @param hunt how
     */
    public static List<PlantHunt> all(
            List<Plant> plants, Function<Plant, PlantHunt> hunt, int threads)
            throws InterruptedException {
        List<PlantHunt> hunts = new ArrayList<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            List<Callable<PlantHunt>> tasks = new ArrayList<>();
            plants.forEach(plant -> tasks.add(() -> hunt.apply(plant)));
            for (Future<PlantHunt> over : workers.invokeAll(tasks)) {
                hunts.add(over.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return hunts;
    }

    /** Runs {@code tern sim} with a fault in all of Tern. */
    public static int rerun(Plant plant, List<String> arguments) {
        Object command = instance(plant, COMMAND);
        return new CommandLine(command).execute(arguments.toArray(String[]::new));
    }

    @SuppressWarnings("unchecked")
    private static LongFunction<String> worldsWith(Plant plant) {
        return (LongFunction<String>) instance(plant, WORLDS);
    }

    private static Object instance(Plant plant, String className) {
        try {
            return new PlantLoader(plant)
                    .loadClass(className)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(plant + ": " + e, e);
        }
    }

    public boolean found() {
        return failure != null;
    }

    /** A sentence. */
    public String result() {
        return found()
                ? "%s: seed %d, after %d worlds: %s"
                        .formatted(plant, foundAt, worlds, failure.lines().findFirst().orElse(""))
                : "%s: not found in %d worlds".formatted(plant, worlds);
    }
}
