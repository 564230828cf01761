/**
 * Bytes on the wire that are not frames: variable-length integers, connection IDs, packet headers
 * and numbers, transport parameters (RFC 9000 §16 to §18). Nothing here unprotects a packet or
 * remembers one. Depends on nothing else of this module.
 */
package dev.tern.quic.wire;
