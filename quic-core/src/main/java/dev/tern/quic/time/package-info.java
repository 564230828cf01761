/** Tables of deadlines. Depends on nothing. */
package dev.tern.quic.time;
