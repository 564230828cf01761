/**
 * The ciphers of packet protection (RFC 9001 §5.3, §5.4): AEADs from several providers behind one
 * interface, the choice among them, and the masks of header protection.
 *
 * <p>May depend on the JDK's ciphers and on nothing else of Tern. Providers that call native code
 * live in a package of their own and are found by name, so that this one works without them.
 */
package dev.tern.crypto.aead;
