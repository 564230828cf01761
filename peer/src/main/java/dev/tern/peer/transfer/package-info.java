/**
 * A file from one peer to another over one stream: name and size, the bytes, their SHA-256, and the
 * receiver's word that all of it is there. Uses blocking streams, so it runs on application
 * threads.
 */
package dev.tern.peer.transfer;
