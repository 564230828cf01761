/**
 * Servers and clients of {@code hq-interop} on other Java stacks: programs of their own, whose
 * libraries are on no other class path. Use nothing of Tern's.
 */
package dev.tern.perf.interop.peer;
