package dev.tern.perf.compare;

import java.io.IOException;

/** A stack that can be measured where it is installed. */
interface Contestant {
    String name();

    /** Why it cannot be measured on this machine, or null if it can. May build what it needs. */
    String unavailable() throws IOException, InterruptedException;

    /**
     * One transfer between two new processes, counted for that long after warming up.
     *
     * @throws IOException with a sentence, if an end fails
     */
    Sample measure(double warmUpSeconds, double seconds) throws IOException, InterruptedException;
}
