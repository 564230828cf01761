/**
 * The command {@code tern}. Every mistake of a user's gets one sentence that says what to do, and
 * an exit code that is not 0. Other modules add subcommands through {@link
 * dev.tern.peer.cli.Subcommand}.
 */
package dev.tern.peer.cli;
