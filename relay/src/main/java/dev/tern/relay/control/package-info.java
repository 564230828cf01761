/**
 * What a peer and its relay say to each other on the control connection's one stream: messages of
 * varint length, varint type and body. May use {@code dev.tern.quic}'s wire format and streams.
 */
package dev.tern.relay.control;
