/**
 * How fast datagrams go from one process to another without QUIC: the ceiling that figures of QUIC
 * are read against.
 */
package dev.tern.perf.udp;
