/**
 * Linux's own UDP sockets, through the foreign-function API: trains of datagrams in one system
 * call, both ways, ECN bits, and exact timers. Loaded by name, for not every platform has what it
 * needs; nothing but {@link dev.tern.quic.io.UdpTransports} knows it. 64-bit, little-endian.
 */
package dev.tern.quic.io.linux;
