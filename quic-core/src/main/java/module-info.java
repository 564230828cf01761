/**
 * QUIC (RFC 9000): the protocol without input and output, and, in package {@code io}, the sockets,
 * threads and clocks that drive it.
 */
module dev.tern.quic {
    requires transitive dev.tern.crypto;
    requires transitive org.agrona;
    requires jdk.net;
    requires org.jctools.core.jdk11;
    requires org.slf4j;
    requires com.fasterxml.jackson.core;

    exports dev.tern.quic.api;
    exports dev.tern.quic.buf;
    exports dev.tern.quic.cid;
    exports dev.tern.quic.congestion;
    exports dev.tern.quic.congestion.bbr;
    exports dev.tern.quic.connection;
    exports dev.tern.quic.endpoint;
    exports dev.tern.quic.flow;
    exports dev.tern.quic.frame;
    exports dev.tern.quic.handshake;
    exports dev.tern.quic.io;
    exports dev.tern.quic.observe;
    exports dev.tern.quic.observe.qlog;
    exports dev.tern.quic.path;
    exports dev.tern.quic.recovery;
    exports dev.tern.quic.sim;
    exports dev.tern.quic.stream;
    exports dev.tern.quic.time;
    exports dev.tern.quic.wire;
}
