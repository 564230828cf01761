/**
 * Random worlds: two endpoints in a simulated network full of faults and attacks, and rules that
 * hold at every step of them. A seed says all about a world. Uses {@code quic-core}'s public
 * classes and its kit {@code dev.tern.quic.sim}.
 */
package dev.tern.fuzz.sim;
