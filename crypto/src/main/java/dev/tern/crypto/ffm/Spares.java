package dev.tern.crypto.ffm;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Objects of a library that take longer to make than to use, each for one thread at a time. */
final class Spares {
    private static final int MOST_KEPT = 64;

    private final Supplier<MemorySegment> make;
    private final Consumer<MemorySegment> free;
    private final ArrayDeque<MemorySegment> kept = new ArrayDeque<>();

    Spares(Supplier<MemorySegment> make, Consumer<MemorySegment> free) {
        this.make = make;
        this.free = free;
    }

    MemorySegment take() {
        synchronized (kept) {
            MemorySegment spare = kept.poll();
            if (spare != null) {
                return spare;
            }
        }
        return make.get();
    }

    /** Gives back what {@link #take} gave, with nothing secret in it. */
    void give(MemorySegment used) {
        synchronized (kept) {
            if (kept.size() < MOST_KEPT) {
                kept.push(used);
                return;
            }
        }
        free.accept(used);
    }
}
