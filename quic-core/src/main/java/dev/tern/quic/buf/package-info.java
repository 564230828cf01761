/**
 * Containers of bytes and numbers that are reused rather than allocated: range sets, pooled
 * buffers. Depends on nothing else of this module.
 */
package dev.tern.quic.buf;
