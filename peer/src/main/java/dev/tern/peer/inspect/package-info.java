/**
 * {@code tern inspect}: shows what is in QUIC datagrams, from hexadecimal digits or a capture file.
 * Uses {@code quic-core}'s parsers and {@code crypto}'s keys, and is used by the command line
 * alone.
 */
package dev.tern.peer.inspect;
