/** A relay as a running program: its socket, its thread and its clocks. */
package dev.tern.relay.io;
