package dev.tern.fuzz.sim;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * How a world went.
 *
 * @param hash sums up every datagram
 * @param failure what went wrong, or null
 * @param rule the name of the rule that was broken, by which the same failure is known again
 */
record WorldResult(
        WorldPlan plan, long hash, Counters counters, RuntimeException failure, String rule) {
    /** Runs a world. */
    static WorldResult of(WorldPlan plan) {
        return of(plan, new World(plan));
    }

    /** Runs a world that somebody may watch. */
    static WorldResult of(WorldPlan plan, World world) {
        try {
            world.run();
            return new WorldResult(plan, world.traceHash(), world.counters(), null, null);
        } catch (Violation e) {
            return new WorldResult(plan, world.traceHash(), world.counters(), e, e.rule());
        } catch (RuntimeException e) {
            String rule = e.getClass().getSimpleName();
            return new WorldResult(plan, world.traceHash(), world.counters(), e, rule);
        }
    }

    boolean failed() {
        return failure != null;
    }

    /** What went wrong, and for an exception that is no violation also where. */
    String text() {
        if (failure instanceof Violation) {
            return failure.getMessage();
        }
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString().strip();
    }
}
