/**
 * JMH benchmarks of single parts, run by {@code tern perf jmh}. Time is per operation; whatever a
 * benchmark computes is returned, so that the compiler cannot leave it out.
 */
package dev.tern.perf.jmh;
