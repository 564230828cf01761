/**
 * A model of NATs as RFC 4787 describes them, without input and output: the simulation plugs it in
 * as an element of a path, a demo puts real sockets around it. May use {@code dev.tern.quic.sim};
 * knows nothing of punching.
 */
package dev.tern.nat.emulator;
