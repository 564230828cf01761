/**
 * {@code tern interop-matrix}: Tern against other QUIC stacks, real programs over real sockets, in
 * both roles. Each cell is one run of two processes with {@link dev.tern.perf.interop.io.UdpProxy}
 * between them, and is looked at from outside: what arrived, what was on the wire, what Tern's qlog
 * says.
 */
package dev.tern.perf.interop;
