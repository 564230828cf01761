/**
 * AEADs by native libraries through the foreign-function API: OpenSSL's libcrypto and Intel's
 * multi-buffer library. Both are optional; this package is loaded by name, and where it or a
 * library is missing, the JDK's ciphers do.
 *
 * <p>The only one in this module that may use {@code java.lang.foreign}. The calls for a packet are
 * <em>critical</em>: they cost a few nanoseconds, but hold up safepoints while they run, which for
 * one packet of AEAD is nothing. They work on native memory, into which each packet is copied.
 *
 * <p>Native memory belongs to automatic arenas, so it outlives every call that uses it and cannot
 * leak; {@code destroy} overwrites keys at once.
 */
package dev.tern.crypto.ffm;
