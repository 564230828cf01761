package dev.tern.fuzz.sim;

import java.util.function.LongFunction;

/**
 * One world by its seed, as something that a class loader's other side can call: what failed, or
 * null.
 */
public final class PlantedWorlds implements LongFunction<String> {
    @Override
    public String apply(long seed) {
        WorldResult result = WorldResult.of(WorldPlan.draw(seed));
        return result.failed() ? result.text() : null;
    }
}
