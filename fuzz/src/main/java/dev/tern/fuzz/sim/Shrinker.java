package dev.tern.fuzz.sim;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Makes a failing world smaller: leaves out operations while it still fails. What is left is a
 * short script, and nothing in it can be spared.
 */
final class Shrinker {
    private final WorldPlan plan;
    private final Predicate<WorldPlan> fails;
    private Set<Integer> kept;

    Shrinker(WorldPlan plan, Predicate<WorldPlan> fails) {
        this.plan = plan;
        this.fails = fails;
        kept = new HashSet<>(plan.operations().stream().map(Operation::index).toList());
    }

    /** For a world in which a rule was broken: the same one must be. */
    static Shrinker of(WorldResult failed) {
        return new Shrinker(
                failed.plan(), smaller -> failed.rule().equals(WorldResult.of(smaller).rule()));
    }

    /** The smallest world found. */
    WorldPlan shrink() {
        for (int chunk = Math.max(1, kept.size() / 2); chunk >= 1; chunk /= 2) {
            boolean smaller = true;
            while (smaller) {
                smaller = dropOne(chunk);
            }
        }
        return plan.keeping(kept::contains);
    }

    private boolean dropOne(int chunk) {
        List<Integer> order = kept.stream().sorted().toList();
        for (int from = 0; from < order.size(); from += chunk) {
            Set<Integer> fewer = new HashSet<>(kept);
            order.subList(from, Math.min(from + chunk, order.size())).forEach(fewer::remove);
            if (fails.test(plan.keeping(fewer::contains))) {
                kept = fewer;
                return true;
            }
        }
        return false;
    }
}
