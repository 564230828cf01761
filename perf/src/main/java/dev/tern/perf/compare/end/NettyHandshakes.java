package dev.tern.perf.compare.end;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicChannelBootstrap;
import io.netty.util.concurrent.Future;

import java.nio.file.Path;

/** Netty QUIC making connections. */
final class NettyHandshakes implements Stack {
    private final Path folder;

    NettyHandshakes(Path folder) {
        this.folder = folder;
    }

    @Override
    public int receive(Meter received) {
        return NettyEnd.serve(
                folder,
                new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelActive(ChannelHandlerContext context) {
                        received.add(1);
                    }

                    @Override
                    public boolean isSharable() {
                        return true;
                    }
                },
                new NettyEnd.Idle());
    }

    @Override
    public void send(int port) {
        QuicChannelBootstrap bootstrap = NettyEnd.dialler(folder, port);
        for (int i = 0; i < CONNECTIONS; i++) {
            next(bootstrap);
        }
    }

    private static void next(QuicChannelBootstrap bootstrap) {
        bootstrap.connect().addListener((Future<QuicChannel> made) -> onMade(bootstrap, made));
    }

    private static void onMade(QuicChannelBootstrap bootstrap, Future<QuicChannel> made) {
        if (!made.isSuccess()) {
            System.err.println(made.cause());
            System.exit(1);
        }
        made.getNow().close();
        next(bootstrap);
    }
}
