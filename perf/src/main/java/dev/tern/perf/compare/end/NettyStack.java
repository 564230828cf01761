package dev.tern.perf.compare.end;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.InsecureQuicTokenHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicChannelOption;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.ReferenceCountUtil;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;

/** Netty QUIC: quiche behind JNI, here with epoll, trains of datagrams out and in. */
final class NettyStack implements Stack {
    private static final String PROTOCOL = "tern-compare";

    @Override
    public int receive(Meter received) throws GeneralSecurityException {
        SelfSigned identity = SelfSigned.generate();
        QuicServerCodecBuilder codec =
                NettyEnd.settings(new QuicServerCodecBuilder())
                        .sslContext(
                                QuicSslContextBuilder.forServer(
                                                identity.key(), null, identity.certificate())
                                        .applicationProtocols(PROTOCOL)
                                        .build())
                        .tokenHandler(InsecureQuicTokenHandler.INSTANCE)
                        .handler(new ChannelInboundHandlerAdapter())
                        .streamHandler(new Reader(received));
        codec.option(QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR, NettyEnd.trains());
        return ((InetSocketAddress) NettyEnd.bind(codec.build()).localAddress()).getPort();
    }

    @Override
    public void send(int port) throws InterruptedException {
        QuicClientCodecBuilder codec =
                NettyEnd.settings(new QuicClientCodecBuilder())
                        .sslContext(
                                QuicSslContextBuilder.forClient()
                                        .trustManager(new AnyCertificate())
                                        .applicationProtocols(PROTOCOL)
                                        .build());
        QuicChannel.newBootstrap(NettyEnd.bind(codec.build()))
                .handler(new ChannelInboundHandlerAdapter())
                .option(QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR, NettyEnd.trains())
                .remoteAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .connect()
                .sync()
                .getNow()
                .createStream(QuicStreamType.UNIDIRECTIONAL, new Writer())
                .sync();
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
