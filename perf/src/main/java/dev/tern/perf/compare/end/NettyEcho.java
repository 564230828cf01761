package dev.tern.perf.compare.end;

import dev.tern.perf.quic.Latencies;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.ReferenceCountUtil;

import java.nio.file.Path;

/** Netty QUIC sending a byte there and back. */
final class NettyEcho implements Stack {
    private final Path folder;
    private final Latencies latencies;

    NettyEcho(Path folder, Latencies latencies) {
        this.folder = folder;
        this.latencies = latencies;
    }

    @Override
    public int receive(Meter received) {
        return NettyEnd.serve(folder, new NettyEnd.Idle(), new Mirror(received));
    }

    @Override
    public void send(int port) throws InterruptedException {
        NettyEnd.dialler(folder, port)
                .connect()
                .sync()
                .getNow()
                .createStream(QuicStreamType.BIDIRECTIONAL, new Ping(latencies))
                .sync();
    }

    private static final class Mirror extends ChannelInboundHandlerAdapter {
        private final Meter received;

        Mirror(Meter received) {
            this.received = received;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            received.add(((ByteBuf) message).readableBytes());
            context.writeAndFlush(message, context.voidPromise());
        }

        @Override
        public boolean isSharable() {
            return true;
        }
    }

    private static final class Ping extends ChannelInboundHandlerAdapter {
        private final ByteBuf ball =
                Unpooled.unreleasableBuffer(Unpooled.directBuffer(1).writeZero(1));
        private final Latencies latencies;
        private long sentNs;

        Ping(Latencies latencies) {
            this.latencies = latencies;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            send(context);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            latencies.record(System.nanoTime() - sentNs);
            ReferenceCountUtil.release(message);
            send(context);
        }

        private void send(ChannelHandlerContext context) {
            sentNs = System.nanoTime();
            context.writeAndFlush(ball.duplicate(), context.voidPromise());
        }
    }
}
