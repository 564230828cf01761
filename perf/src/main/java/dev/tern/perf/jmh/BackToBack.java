package dev.tern.perf.jmh;

import dev.tern.crypto.CipherSuite;
import dev.tern.crypto.aead.AeadProvider;
import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.crypto.identity.PeerVerifiers;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.quic.cid.SelfDescribingId;
import dev.tern.quic.connection.Connection;
import dev.tern.quic.connection.ConnectionConfig;
import dev.tern.quic.connection.ConnectionListener;
import dev.tern.quic.connection.ConnectionWaker;
import dev.tern.quic.connection.Transmit;
import dev.tern.quic.endpoint.Acceptor;
import dev.tern.quic.endpoint.Endpoint;
import dev.tern.quic.stream.Stream;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.SplittableRandom;

/**
 * A client that sends and a server that reads, in memory: no socket, no thread. What one end hands
 * out in a burst is copied once, as a socket would, and handed to the other end.
 */
final class BackToBack {
    private static final int BURST = 32;
    private static final int SLOT_BYTES = 2048;
    private static final int STREAM_WINDOW_BYTES = 4 << 20;
    private static final String PROTOCOL = "perf";

    private final InetSocketAddress clientAddress =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    private final InetSocketAddress serverAddress =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 2);
    private final Transmit transmit = new Transmit();
    private final byte[] inTransit = new byte[BURST * SLOT_BYTES];
    private final int[] lengths = new int[BURST];
    private final byte[] written = new byte[1 << 16];
    private final byte[] read = new byte[1 << 16];
    private final Endpoint client;
    private final Endpoint server;
    private final Connection dialled;
    private Connection accepted;
    private Stream sending;
    private Stream receiving;
    private long sendNs;
    private long receiveNs;
    private long packets;

    /**
     * @param aead where ciphers come from; null for the fastest there is
     * @param streams how many are open; the last of them carries the data
     */
    BackToBack(AeadProvider aead, int streams, int maxUdpPayloadBytes) {
        SecureRandom random = new SecureRandom();
        PeerIdentity identity = PeerIdentity.generate(random);
        ConnectionConfig serving =
                config(
                        TlsConfig.server(random, identity, PROTOCOL),
                        aead,
                        streams,
                        maxUdpPayloadBytes);
        ConnectionConfig dialling =
                config(
                        TlsConfig.client(
                                random, null, PeerVerifiers.exactly(identity.peerId()), PROTOCOL),
                        aead,
                        streams,
                        maxUdpPayloadBytes);
        client = endpoint(1, null);
        server =
                endpoint(
                        2,
                        (local, remote, id, nowNs) ->
                                new Acceptor.Accepted(serving, new Accepting()));
        dialled =
                client.connect(
                        dialling,
                        clientAddress,
                        serverAddress,
                        null,
                        new ConnectionListener() {},
                        System.nanoTime());
        while (!dialled.isEstablished() || accepted == null) {
            exchange();
        }
        for (int i = 0; i < streams; i++) {
            open();
        }
        sendNs = 0;
        receiveNs = 0;
        packets = 0;
    }

    private static ConnectionConfig config(
            TlsConfig tls, AeadProvider aead, int streams, int maxUdpPayloadBytes) {
        return ConnectionConfig.of(
                        tls.with().aead(aead).cipherSuites(CipherSuite.AES_128_GCM_SHA256).build())
                .with()
                .streams(streams, STREAM_WINDOW_BYTES, 2L * STREAM_WINDOW_BYTES)
                .maxUdpPayload(maxUdpPayloadBytes)
                .build();
    }

    private static Endpoint endpoint(long seed, Acceptor acceptor) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] resetKey = new byte[32];
        random.nextBytes(resetKey);
        return new Endpoint(
                remote -> SelfDescribingId.mintDirect(random),
                acceptor,
                ConnectionWaker.DIRECT,
                random,
                resetKey);
    }

    private void open() {
        Stream next = dialled.streams().open(false);
        next.send().write(written, 0, 1);
        client.wake(dialled);
        receiving = null;
        while (receiving == null) {
            exchange();
        }
        sending = next;
    }

    /** Writes what there is room for, and takes a burst across and its acknowledgements back. */
    void round() {
        long beganNs = System.nanoTime();
        while (sending.send().write(written, 0, written.length) > 0) {
            // Until the buffer is full.
        }
        client.wake(dialled);
        sendNs += System.nanoTime() - beganNs;
        exchange();
    }

    private void exchange() {
        if (dialled.closeReason() != null) {
            throw new IllegalStateException("the connection ended: " + dialled.closeReason());
        }
        long beganNs = System.nanoTime();
        int count = take(client, beganNs);
        long sentNs = System.nanoTime();
        give(count, server, clientAddress, serverAddress, sentNs);
        if (receiving != null) {
            while (receiving.receive().read(read, 0, read.length) > 0) {
                // Until there is nothing left.
            }
            server.wake(accepted);
        }
        tick(server, sentNs);
        int answers = take(server, sentNs);
        long answeredNs = System.nanoTime();
        give(answers, client, serverAddress, clientAddress, answeredNs);
        tick(client, answeredNs);
        long endedNs = System.nanoTime();
        packets += count;
        sendNs += sentNs - beganNs + (endedNs - answeredNs);
        receiveNs += answeredNs - sentNs;
    }

    private static void tick(Endpoint endpoint, long nowNs) {
        if (endpoint.nextDeadlineNs() - nowNs <= 0) {
            endpoint.onTimeout(nowNs);
        }
    }

    private int take(Endpoint from, long nowNs) {
        int count = 0;
        while (count < BURST && from.pollTransmit(transmit, nowNs)) {
            lengths[count] = transmit.length();
            System.arraycopy(
                    transmit.buffer(), 0, inTransit, count * SLOT_BYTES, transmit.length());
            count++;
        }
        return count;
    }

    private void give(
            int count, Endpoint to, InetSocketAddress remote, InetSocketAddress local, long nowNs) {
        for (int i = 0; i < count; i++) {
            to.onDatagram(local, remote, 0, inTransit, i * SLOT_BYTES, lengths[i], nowNs);
        }
    }

    /** Packets that carried data since the streams were opened. */
    long packets() {
        return packets;
    }

    /** Time spent by the sender, its handling of acknowledgements included. */
    long sendNs() {
        return sendNs;
    }

    /** Time spent by the receiver, its sending of acknowledgements included. */
    long receiveNs() {
        return receiveNs;
    }

    private final class Accepting implements ConnectionListener {
        @Override
        public void onHandshakeComplete(Connection connection, long nowNs) {
            accepted = connection;
        }

        @Override
        public void onStreamOpened(Connection connection, Stream stream) {
            receiving = stream;
        }
    }
}
