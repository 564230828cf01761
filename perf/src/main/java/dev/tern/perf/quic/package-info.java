/**
 * How fast Tern's QUIC is between two programs: throughput, latency, handshakes, and what an idle
 * connection costs. Uses the API that applications use, and nothing below it but sockets.
 */
package dev.tern.perf.quic;
