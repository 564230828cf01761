/**
 * Peers that move, and the command line: joins {@code nat} and {@code relay} on top of {@code
 * quic-core}.
 */
module dev.tern.peer {
    requires transitive dev.tern.nat;
    requires transitive dev.tern.relay;
    requires com.fasterxml.jackson.core;
    requires transitive info.picocli;
    requires static org.eclipse.jetty.http;
    requires static org.eclipse.jetty.http3.qpack;
    requires org.slf4j;

    uses dev.tern.peer.cli.Subcommand;

    exports dev.tern.peer;
    exports dev.tern.peer.cli;
    exports dev.tern.peer.io;
    exports dev.tern.peer.life;
    exports dev.tern.peer.transfer;

    opens dev.tern.peer.cli to
            info.picocli;
    opens dev.tern.peer.demo to
            info.picocli;
    opens dev.tern.peer.inspect to
            info.picocli;
    opens dev.tern.peer.interop to
            info.picocli;
}
