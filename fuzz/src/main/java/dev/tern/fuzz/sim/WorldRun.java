package dev.tern.fuzz.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Runs many worlds on several threads; what they add up to does not depend on how many those are.
 */
final class WorldRun {
    private final long first;
    private final long count;
    private final Consumer<WorldResult> onFailure;
    private final LongConsumer onProgress;
    private final AtomicLong next;
    private final Counters counters = new Counters();
    private long done;
    private long failed;
    private long hash;

    /**
     * @param onFailure hears of each failed world, one after the other
     * @param onProgress hears how many are done
     */
    WorldRun(long first, long count, Consumer<WorldResult> onFailure, LongConsumer onProgress) {
        this.first = first;
        this.count = count;
        this.onFailure = onFailure;
        this.onProgress = onProgress;
        next = new AtomicLong(first);
    }

    WorldRun run(int threads) throws InterruptedException {
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            workers.add(Thread.ofPlatform().name("worlds-" + i).start(this::work));
        }
        for (Thread worker : workers) {
            worker.join();
        }
        return this;
    }

    private void work() {
        long seed;
        while ((seed = next.getAndIncrement()) < first + count) {
            add(WorldResult.of(WorldPlan.draw(seed)));
        }
    }

    private synchronized void add(WorldResult result) {
        done++;
        counters.addAll(result.counters());
        // A sum, so that the order does not matter; mixed, so that two worlds cannot change places.
        hash += mix(result.plan().seed() ^ mix(result.hash()));
        if (result.failed()) {
            failed++;
            onFailure.accept(result);
        }
        onProgress.accept(done);
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 32) * 0xD6E8FEB86659FD93L;
        return mixed ^ mixed >>> 32;
    }

    long failed() {
        return failed;
    }

    long hash() {
        return hash;
    }

    Counters counters() {
        return counters;
    }

    /** All of it in one line. */
    String summary() {
        return "worlds=%d failed=%d hash=%016x %s".formatted(done, failed, hash, counters);
    }
}
