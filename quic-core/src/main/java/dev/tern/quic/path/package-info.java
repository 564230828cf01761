/**
 * Paths: the pairs of addresses that a connection may use, their validation, what each may send,
 * and the choice of the one that carries the data (RFC 9000 §8 and §9, and Tern's PATH_SWITCH). May
 * use {@code congestion}, {@code recovery}, {@code cid} and below.
 */
package dev.tern.quic.path;
