/**
 * Benchmarks: throughput, latency, handshakes and the pause of a move. Uses everything; nothing
 * uses it.
 */
package dev.tern.perf;
