/** The stacks that {@code tern interop-matrix} knows, and how each is started. */
package dev.tern.perf.interop.stack;
