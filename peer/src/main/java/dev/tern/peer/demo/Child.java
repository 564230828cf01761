package dev.tern.peer.demo;

/** A running part of the demo: a process, or threads of this one. */
interface Child extends AutoCloseable {
    /** Hands it a line. */
    void tell(String line);

    /** What it had to say when it failed; may be empty. */
    String complaint();

    @Override
    void close();
}
