/** The relay: forwards datagrams between peers by connection ID, and the peer's side of it. */
module dev.tern.relay {
    requires transitive dev.tern.quic;
    requires org.agrona;

    exports dev.tern.relay;
    exports dev.tern.relay.client;
    exports dev.tern.relay.control;
    exports dev.tern.relay.io;
    exports dev.tern.relay.server;
}
