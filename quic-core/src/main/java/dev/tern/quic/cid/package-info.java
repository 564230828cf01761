/**
 * Connection IDs: what their bytes say, and how they are issued, retired and rotated (RFC 9000
 * §5.1). May depend on {@code frame}, {@code wire} and {@code buf}.
 */
package dev.tern.quic.cid;
