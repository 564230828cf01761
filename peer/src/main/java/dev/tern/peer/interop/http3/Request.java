package dev.tern.peer.interop.http3;

/**
 * What a client wants.
 *
 * @param path without a query, and with its escapes resolved
 */
record Request(String method, String path, long contentLength) implements Message {}
