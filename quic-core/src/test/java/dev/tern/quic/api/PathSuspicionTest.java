package dev.tern.quic.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.io.ForwardingTransport;
import dev.tern.quic.io.UdpTransport;
import dev.tern.quic.io.UdpTransports;
import dev.tern.quic.path.IcmpError;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** What the network says of a peer that is gone without a word, over real sockets. */
@Timeout(30)
@EnabledOnOs(OS.LINUX)
class PathSuspicionTest {
    private final AtomicBoolean killed = new AtomicBoolean();
    private final BlockingQueue<IcmpError> suspicions = new LinkedBlockingQueue<>();

    /** Closes its socket at the next datagram once it was killed, as a process that dies does. */
    private static final class Mortal extends ForwardingTransport {
        private final AtomicBoolean killed;

        Mortal(UdpTransport socket, AtomicBoolean killed) {
            super(socket);
            this.killed = killed;
        }

        @Override
        public int receive(Receiver receiver, int limit) {
            if (killed.get()) {
                close();
            }
            return super.receive(receiver, limit);
        }
    }

    @Test
    void shouldTellTheApplicationThatThePathIsSuspectedAndKeepTheConnection() throws Exception {
        try (LoopbackPair pair =
                new LoopbackPair(
                        config -> config,
                        server ->
                                server.transports(
                                        (local, name) -> new Mortal(linux(local, name), killed)),
                        client -> client.transports(PathSuspicionTest::linux))) {
            QuicConnection dialled = pair.connect();
            dialled.pathEvents(
                    new PathEvents() {
                        @Override
                        public void onPathSuspected(
                                QuicConnection connection, PathStats path, IcmpError why) {
                            suspicions.add(why);
                        }
                    });

            killed.set(true);
            dialled.openStream().write(new byte[] {1});

            assertThat(suspicions.take()).isEqualTo(IcmpError.PORT_UNREACHABLE);
            assertThat(dialled.openStream().id()).isPositive(); // it is open still
        }
    }

    private static UdpTransport linux(InetSocketAddress local, String interfaceName)
            throws IOException {
        return UdpTransports.choose("linux").open(local, interfaceName);
    }
}
