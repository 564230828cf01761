/**
 * What an application sees: a {@link dev.tern.quic.api.QuicEndpoint} with its sockets and its
 * thread, connections, and streams to be read and written by threads that wait or by handlers on
 * the endpoint's own thread. May use everything below; nothing in this module uses it.
 */
package dev.tern.quic.api;
