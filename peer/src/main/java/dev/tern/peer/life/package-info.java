/**
 * The life cycle of a connection between peers, as a state machine of its own. Depends on nothing.
 */
package dev.tern.peer.life;
