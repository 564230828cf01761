/**
 * What happens on a connection, for people who look into one: an observer that hears of every
 * packet, and {@link dev.tern.quic.observe.QlogWriter}, which writes what it hears as qlog. A
 * connection that nobody observes pays nothing for it. May use {@code frame} and {@code wire}.
 */
package dev.tern.quic.observe;
