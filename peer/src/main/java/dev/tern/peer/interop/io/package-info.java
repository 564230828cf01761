/** A socket that changes its address as a NAT would, for {@code tern interop}. */
package dev.tern.peer.interop.io;
