/**
 * Faults planted into the product on purpose, by rewriting classes as they are loaded: whether the
 * random worlds of {@code dev.tern.fuzz.sim} find them says what those are worth.
 */
package dev.tern.fuzz.plant;
