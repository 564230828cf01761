package dev.tern.perf.compare.end;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.handler.codec.quic.EpollQuicUtils;
import io.netty.handler.codec.quic.InsecureQuicTokenHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicChannelOption;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicCodecBuilder;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.ReferenceCountUtil;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;

/** Netty QUIC: quiche behind JNI, here with epoll, trains of datagrams out and in. */
final class NettyStack implements Stack {
    private static final String PROTOCOL = "tern-compare";
    private static final int TRAIN_DATAGRAMS = 40;
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;
    private static final long IDLE_S = 30;

    @Override
    public int receive(Meter received) throws GeneralSecurityException {
        SelfSigned identity = SelfSigned.generate();
        QuicServerCodecBuilder codec =
                settings(new QuicServerCodecBuilder())
                        .sslContext(
                                QuicSslContextBuilder.forServer(
                                                identity.key(), null, identity.certificate())
                                        .applicationProtocols(PROTOCOL)
                                        .build())
                        .tokenHandler(InsecureQuicTokenHandler.INSTANCE)
                        .handler(new ChannelInboundHandlerAdapter())
                        .streamHandler(new Reader(received));
        codec.option(
                QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR,
                EpollQuicUtils.newSegmentedAllocator(TRAIN_DATAGRAMS));
        return ((InetSocketAddress) bind(codec.build()).localAddress()).getPort();
    }

    @Override
    public void send(int port) throws InterruptedException {
        QuicClientCodecBuilder codec =
                settings(new QuicClientCodecBuilder())
                        .sslContext(
                                QuicSslContextBuilder.forClient()
                                        .trustManager(new AnyCertificate())
                                        .applicationProtocols(PROTOCOL)
                                        .build());
        QuicChannel.newBootstrap(bind(codec.build()))
                .handler(new ChannelInboundHandlerAdapter())
                .option(
                        QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR,
                        EpollQuicUtils.newSegmentedAllocator(TRAIN_DATAGRAMS))
                .remoteAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .connect()
                .sync()
                .getNow()
                .createStream(QuicStreamType.UNIDIRECTIONAL, new Writer())
                .sync();
    }

    private static <B extends QuicCodecBuilder<B>> B settings(B codec) {
        return codec.maxIdleTimeout(IDLE_S, TimeUnit.SECONDS)
                .maxSendUdpPayloadSize(DATAGRAM_BYTES)
                .maxRecvUdpPayloadSize(DATAGRAM_BYTES)
                .initialMaxData(WINDOW_BYTES)
                .initialMaxStreamDataUnidirectional(WINDOW_BYTES)
                .initialMaxStreamsUnidirectional(1);
    }

    private static Channel bind(ChannelHandler codec) {
        return new Bootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()))
                .channel(EpollDatagramChannel.class)
                .option(EpollChannelOption.UDP_GRO, true)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(CHUNK_BYTES))
                .handler(codec)
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    private static final class Reader extends ChannelInboundHandlerAdapter {
        private final Meter received;

        Reader(Meter received) {
            this.received = received;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            received.add(((ByteBuf) message).readableBytes());
            ReferenceCountUtil.release(message);
        }

        @Override
        public boolean isSharable() {
            return true;
        }
    }

    private static final class Writer extends ChannelInboundHandlerAdapter {
        private final ByteBuf chunk =
                Unpooled.unreleasableBuffer(
                        Unpooled.directBuffer(CHUNK_BYTES).writeZero(CHUNK_BYTES));

        @Override
        public void channelActive(ChannelHandlerContext context) {
            write(context);
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            write(context);
        }

        private void write(ChannelHandlerContext context) {
            while (context.channel().isWritable()) {
                context.write(chunk.duplicate(), context.voidPromise());
                context.flush();
            }
        }
    }
}
