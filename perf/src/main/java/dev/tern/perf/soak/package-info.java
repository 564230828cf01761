/**
 * {@code tern perf soak}: long runs that look for wrong bytes, leaks and threads that hang. Not a
 * measurement: what it prints are counts, and whether all held.
 */
package dev.tern.perf.soak;
