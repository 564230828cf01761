/**
 * The relay: registers peers over control connections, and forwards datagrams to them by connection
 * ID without being able to read them. Without input and output; may use {@code control} and {@code
 * dev.tern.quic}.
 */
package dev.tern.relay.server;
