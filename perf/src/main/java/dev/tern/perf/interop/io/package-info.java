/** The sockets of {@code tern interop-matrix}: a proxy between the two stacks. */
package dev.tern.perf.interop.io;
