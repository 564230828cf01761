/**
 * How a relay is named. The relay itself is package {@code server}, a peer's end of it package
 * {@code client}, and what both say to each other package {@code control}.
 */
package dev.tern.relay;
