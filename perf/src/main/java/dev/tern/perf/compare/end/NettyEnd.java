package dev.tern.perf.compare.end;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.handler.codec.quic.BoringSSLContextOption;
import io.netty.handler.codec.quic.EpollQuicUtils;
import io.netty.handler.codec.quic.InsecureQuicTokenHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicChannelBootstrap;
import io.netty.handler.codec.quic.QuicChannelOption;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicCodecBuilder;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.SegmentedDatagramPacketAllocator;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Netty QUIC's endpoints on loopback, with epoll and trains of datagrams out and in. */
final class NettyEnd {
    private static final String PROTOCOL = "tern-compare";
    private static final String[] GROUPS = {"X25519"};
    private static final int TRAIN_DATAGRAMS = 40;
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;
    private static final long IDLE_S = 30;

    private NettyEnd() {}

    static <B extends QuicCodecBuilder<B>> B settings(B codec) {
        return codec.maxIdleTimeout(IDLE_S, TimeUnit.SECONDS)
                .maxSendUdpPayloadSize(Stack.DATAGRAM_BYTES)
                .maxRecvUdpPayloadSize(Stack.DATAGRAM_BYTES)
                .initialMaxData(Stack.WINDOW_BYTES)
                .initialMaxStreamDataUnidirectional(Stack.WINDOW_BYTES)
                .initialMaxStreamDataBidirectionalLocal(Stack.WINDOW_BYTES)
                .initialMaxStreamDataBidirectionalRemote(Stack.WINDOW_BYTES)
                .initialMaxStreamsUnidirectional(1)
                .initialMaxStreamsBidirectional(1);
    }

    static SegmentedDatagramPacketAllocator trains() {
        return EpollQuicUtils.newSegmentedAllocator(TRAIN_DATAGRAMS);
    }

    static Channel bind(ChannelHandler codec) {
        return new Bootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()))
                .channel(EpollDatagramChannel.class)
                .option(EpollChannelOption.UDP_GRO, true)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(Stack.CHUNK_BYTES))
                .handler(codec)
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    /**
     * Listens with what {@link Issued} wrote; returns the port.
     *
     * @param connections handles them
     * @param streams handles theirs
     */
    static int serve(Path folder, ChannelHandler connections, ChannelHandler streams) {
        QuicServerCodecBuilder codec =
                settings(new QuicServerCodecBuilder())
                        .sslContext(
                                QuicSslContextBuilder.forServer(
                                                folder.resolve(Issued.KEY).toFile(),
                                                null,
                                                folder.resolve(Issued.CHAIN).toFile())
                                        .option(BoringSSLContextOption.GROUPS, GROUPS)
                                        .applicationProtocols(PROTOCOL)
                                        .build())
                        .tokenHandler(InsecureQuicTokenHandler.INSTANCE)
                        .handler(connections)
                        .streamHandler(streams);
        codec.option(QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR, trains());
        return ((InetSocketAddress) bind(codec.build()).localAddress()).getPort();
    }

    /**
     * Makes connections to that port that verify the server's chain. They are told no host name:
     * with one Netty would resume sessions, and it is full handshakes that are counted.
     */
    static QuicChannelBootstrap dialler(Path folder, int port) {
        QuicClientCodecBuilder codec =
                settings(new QuicClientCodecBuilder())
                        .sslContext(
                                QuicSslContextBuilder.forClient()
                                        .trustManager(folder.resolve(Issued.AUTHORITY).toFile())
                                        .endpointIdentificationAlgorithm(null)
                                        .option(BoringSSLContextOption.GROUPS, GROUPS)
                                        .applicationProtocols(PROTOCOL)
                                        .build());
        return QuicChannel.newBootstrap(bind(codec.build()))
                .handler(new Idle())
                .option(QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR, trains())
                .remoteAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** Does nothing for as many channels as there are. */
    static final class Idle extends ChannelInboundHandlerAdapter {
        @Override
        public boolean isSharable() {
            return true;
        }
    }
}
