/**
 * The only sockets, threads, clocks and randomness of this module. An {@link
 * dev.tern.quic.io.EndpointAgent} drives a {@link dev.tern.quic.endpoint.DatagramNode} over {@link
 * dev.tern.quic.io.UdpTransport}s, on one thread. May use {@code endpoint} and below; only {@code
 * api} uses it.
 */
package dev.tern.quic.io;
