package dev.tern.peer.cli;

import java.util.concurrent.Callable;

/**
 * A subcommand of {@code tern} that another module brings, found through {@link
 * java.util.ServiceLoader}. The class carries picocli's {@code @Command} annotation.
 */
public interface Subcommand extends Callable<Integer> {}
