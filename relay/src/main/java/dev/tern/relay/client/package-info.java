/**
 * A peer's end of its control connection to a relay: being registered, routable connection IDs,
 * dialling. Without input and output; may use {@code control} and {@code dev.tern.quic}.
 */
package dev.tern.relay.client;
