package dev.tern.peer.interop;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What went wrong at a server, which goes on nevertheless. */
final class Failures {
    private final Consumer<String> log;
    private final AtomicInteger count = new AtomicInteger();

    /**
     * @param log takes a sentence about each
     */
    Failures(Consumer<String> log) {
        this.log = log;
    }

    void add(String sentence) {
        count.incrementAndGet();
        log.accept(sentence);
    }

    int count() {
        return count.get();
    }
}
