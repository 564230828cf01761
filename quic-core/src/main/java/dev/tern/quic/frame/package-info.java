/**
 * One small class per frame type (RFC 9000 §19, RFC 9221 and the extensions Tern speaks), the table
 * of what each type may do, and the reader that walks a packet's payload. Holds no state of a
 * connection. May depend on {@code wire} and {@code buf}.
 */
package dev.tern.quic.frame;
