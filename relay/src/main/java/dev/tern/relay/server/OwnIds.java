package dev.tern.relay.server;

/** Which connection IDs lead to one of the relay's own connections. */
@FunctionalInterface
interface OwnIds {
    boolean contains(byte[] buffer, int offset, int length);
}
