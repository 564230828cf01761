/**
 * What makes a second connection to a server cheaper than the first (RFC 8446 §2.2, §2.3, §8): a
 * client's session ticket, the server's keys that seal tickets, and the guard against replays of
 * early data. Knows no handshake; the time of day is passed in. May depend on {@code
 * dev.tern.crypto} only.
 */
package dev.tern.crypto.resumption;
