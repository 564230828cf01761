/**
 * Writes what an observer hears as qlog (draft-ietf-quic-qlog-main-schema, -quic-events), one JSON
 * text sequence a connection, for qvis and other viewers.
 */
package dev.tern.quic.observe.qlog;
