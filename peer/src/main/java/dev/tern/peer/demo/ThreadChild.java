package dev.tern.peer.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.util.function.Consumer;

/** A peer of the demo on threads of this process: what the launcher trains with. */
final class ThreadChild implements Child {
    private final PipedWriter commands = new PipedWriter();
    private final Thread thread;
    private volatile String complaint = "";

    private ThreadChild(DemoPeer.Task task, Consumer<String> lines, Runnable onExit)
            throws IOException {
        BufferedReader reader = new BufferedReader(new PipedReader(commands));
        thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("demo-peer")
                        .unstarted(
                                () -> {
                                    try {
                                        new DemoPeer(task, lines).run(reader);
                                    } catch (IOException e) {
                                        complaint = e.getMessage();
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                    onExit.run();
                                });
    }

    static ThreadChild start(DemoPeer.Task task, Consumer<String> lines, Runnable onExit)
            throws IOException {
        ThreadChild child = new ThreadChild(task, lines, onExit);
        child.thread.start();
        return child;
    }

    @Override
    public void tell(String line) {
        try {
            commands.write(line + "\n");
            commands.flush();
        } catch (IOException e) {
            complaint = e.getMessage();
        }
    }

    @Override
    public String complaint() {
        return complaint;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
