package dev.tern.quic.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.crypto.identity.PeerVerifiers;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.quic.cid.SelfDescribingId;
import dev.tern.quic.connection.CloseReason;
import dev.tern.quic.connection.Connection;
import dev.tern.quic.connection.ConnectionConfig;
import dev.tern.quic.connection.ConnectionListener;
import dev.tern.quic.connection.ConnectionWaker;
import dev.tern.quic.endpoint.Endpoint;
import dev.tern.quic.sim.SimWorld;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;

class EndingTest {
    private static final InetSocketAddress LOCAL = new InetSocketAddress("192.0.2.1", 1000);
    private static final InetSocketAddress DEAD = new InetSocketAddress("198.51.100.1", 4433);
    private static final long SECOND_NS = 1_000_000_000L;

    @Test
    void shouldSayThatNobodyAnswered() {
        SimWorld world = new SimWorld(1);
        SplittableRandom random = new SplittableRandom(1);
        Endpoint client =
                new Endpoint(
                        remote -> SelfDescribingId.mintDirect(random),
                        null,
                        ConnectionWaker.DIRECT,
                        random,
                        new byte[32]);
        AtomicReference<CloseReason> ended = new AtomicReference<>();
        TlsConfig tls = TlsConfig.client(new SecureRandom(), null, PeerVerifiers.anyPeer(), "test");

        client.connect(
                ConnectionConfig.of(tls),
                LOCAL,
                DEAD,
                null,
                new ConnectionListener() {
                    @Override
                    public void onClosed(Connection on, CloseReason reason, long nowNs) {
                        ended.set(reason);
                    }
                },
                world.nowNs());
        world.network().host(client).up(LOCAL, world.link());
        world.runUntil(() -> ended.get() != null, world.nowNs() + 30 * SECOND_NS);

        assertThat(Ending.of(ended.get(), DEAD, false))
                .isEqualTo("no answer from 198.51.100.1:4433: the handshake timed out");
    }

    @Test
    void shouldNameThePeersCodeAndSentence() {
        CloseReason reason = new CloseReason(CloseReason.Cause.PEER, true, 0x1f, "bored");

        assertThat(Ending.of(reason, DEAD, true))
                .isEqualTo(
                        "198.51.100.1:4433 closed the connection (application error 0x1f): bored");
    }

    @Test
    void shouldNameNoCodeWhereNothingWentWrong() {
        CloseReason reason = new CloseReason(CloseReason.Cause.LOCAL, true, 0, "");

        assertThat(Ending.of(reason, new InetSocketAddress("2001:db8::1", 5), true))
                .isEqualTo("the connection to [2001:db8:0:0:0:0:0:1]:5 was closed here");
    }
}
