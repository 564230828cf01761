package dev.tern.perf.interop.peer;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.InsecureQuicTokenHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicCodecBuilder;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamLimitChangedEvent;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.handler.codec.quic.SslEarlyDataReadyEvent;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** quiche, through Netty. */
public final class QuicheMain {
    private static final String PROTOCOL = "hq-interop";
    private static final long IDLE_S = 30;
    private static final long TIMEOUT_S = 60;
    private static final int TICKET_WAIT_MS = 300;
    private static final int MAX_STREAMS = 1000;
    private static final int STREAM_WINDOW_BYTES = 1 << 20;
    private static final int CONNECTION_WINDOW_BYTES = 4 << 20;
    private static final int MAX_DATAGRAM_BYTES = 1350;

    private final ProgramArguments arguments;

    private QuicheMain(ProgramArguments arguments) {
        this.arguments = arguments;
    }

    public static void main(String[] args) throws Exception {
        QuicheMain program = new QuicheMain(ProgramArguments.parse(args));
        if (program.arguments.isServer()) {
            program.serve();
        } else {
            program.fetch();
            System.exit(0);
        }
    }

    private void serve() {
        QuicSslContext tls =
                QuicSslContextBuilder.forServer(
                                arguments.key().toFile(), null, arguments.certificate().toFile())
                        .applicationProtocols(PROTOCOL)
                        .earlyData(arguments.is("zerortt"))
                        .build();
        QuicServerCodecBuilder codec =
                settings(new QuicServerCodecBuilder())
                        .sslContext(tls)
                        .handler(new Connections())
                        .streamHandler(new ServerStreams());
        if (arguments.is("retry")) {
            codec.tokenHandler(InsecureQuicTokenHandler.INSTANCE);
        }
        bind(codec.build(), arguments.port()).closeFuture().syncUninterruptibly();
    }

    private void fetch() throws InterruptedException {
        QuicSslContext tls =
                QuicSslContextBuilder.forClient()
                        .trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .applicationProtocols(PROTOCOL)
                        .earlyData(arguments.is("zerortt"))
                        .build();
        QuicClientCodecBuilder codec =
                settings(new QuicClientCodecBuilder())
                        .sslEngineProvider(
                                channel ->
                                        tls.newEngine(
                                                channel.alloc(), "localhost", arguments.port()));
        Channel udp = bind(codec.build(), 0);
        List<String> files = arguments.rest();
        if (arguments.is("handshakeloss")) {
            for (String file : files) {
                connect(udp, List.of(file), false);
            }
        } else if (arguments.resumes()) {
            connect(udp, files.subList(0, 1), false);
            connect(udp, files.subList(1, files.size()), arguments.is("zerortt"));
        } else {
            connect(udp, files, false);
        }
    }

    private void connect(Channel udp, List<String> files, boolean early)
            throws InterruptedException {
        CountDownLatch arrived = new CountDownLatch(files.size());
        QuicChannel connection =
                QuicChannel.newBootstrap(udp)
                        .handler(new Requests(files, early, arrived))
                        .streamHandler(new ChannelInboundHandlerAdapter())
                        .remoteAddress(
                                new InetSocketAddress(
                                        InetAddress.getLoopbackAddress(), arguments.port()))
                        .connect()
                        .syncUninterruptibly()
                        .getNow();
        if (!arrived.await(TIMEOUT_S, TimeUnit.SECONDS)) {
            throw new IllegalStateException(arrived.getCount() + " files did not arrive");
        }
        if (arguments.resumes()) {
            // The ticket says no word when it comes.
            Thread.sleep(TICKET_WAIT_MS);
        }
        connection.close().syncUninterruptibly();
    }

    private static <B extends QuicCodecBuilder<B>> B settings(B codec) {
        return codec.maxIdleTimeout(IDLE_S, TimeUnit.SECONDS)
                .maxSendUdpPayloadSize(MAX_DATAGRAM_BYTES)
                .initialMaxData(CONNECTION_WINDOW_BYTES)
                .initialMaxStreamDataBidirectionalLocal(STREAM_WINDOW_BYTES)
                .initialMaxStreamDataBidirectionalRemote(STREAM_WINDOW_BYTES)
                .initialMaxStreamsBidirectional(MAX_STREAMS);
    }

    private static Channel bind(ChannelHandler codec, int port) {
        return new Bootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()))
                .channel(NioDatagramChannel.class)
                .handler(codec)
                .bind(InetAddress.getLoopbackAddress(), port)
                .syncUninterruptibly()
                .channel();
    }

    /** A server wants a handler for its connections, and one for all. */
    @Sharable
    private static final class Connections extends ChannelInboundHandlerAdapter {}

    /** Asks for files, as many at once as the server's limit of streams allows. */
    private final class Requests extends ChannelInboundHandlerAdapter {
        private final Deque<String> waiting;
        private final boolean early;
        private final CountDownLatch arrived;

        Requests(List<String> files, boolean early, CountDownLatch arrived) {
            this.waiting = new ArrayDeque<>(files);
            this.early = early;
            this.arrived = arrived;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event)
                throws Exception {
            QuicChannel connection = (QuicChannel) context.channel();
            if (event instanceof SslEarlyDataReadyEvent && early) {
                // Not within the event: what is written there waits for the server's answer.
                connection.eventLoop().execute(() -> requestEarly(connection));
            } else if (event instanceof QuicStreamLimitChangedEvent) {
                // A stream asked for beyond the limit would use up its ID and never come to be.
                while (!waiting.isEmpty()
                        && connection.peerAllowedStreams(QuicStreamType.BIDIRECTIONAL) > 0) {
                    request(connection, waiting.remove());
                }
            }
            super.userEventTriggered(context, event);
        }

        /** Within the limit of the session before, which Netty does not tell. */
        private void requestEarly(QuicChannel connection) {
            while (!waiting.isEmpty()) {
                request(connection, waiting.remove());
            }
        }

        private void request(QuicChannel connection, String file) {
            connection
                    .createStream(
                            QuicStreamType.BIDIRECTIONAL,
                            new ClientStream(arguments.folder().resolve(file), arrived))
                    .addListener(
                            created ->
                                    ((QuicStreamChannel) created.get())
                                            .writeAndFlush(
                                                    Unpooled.copiedBuffer(
                                                            "GET /" + file + "\r\n",
                                                            StandardCharsets.UTF_8))
                                            .addListener(QuicStreamChannel.SHUTDOWN_OUTPUT));
        }
    }

    /** Collects what comes until the stream ends. */
    private abstract static class WholeStream extends ChannelInboundHandlerAdapter {
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws IOException {
            ByteBuf bytes = (ByteBuf) message;
            bytes.readBytes(received, bytes.readableBytes());
            bytes.release();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event)
                throws IOException {
            if (event == ChannelInputShutdownReadComplete.INSTANCE) {
                onWhole(context, received.toByteArray());
            }
        }

        abstract void onWhole(ChannelHandlerContext context, byte[] bytes) throws IOException;
    }

    private static final class ClientStream extends WholeStream {
        private final Path file;
        private final CountDownLatch arrived;

        ClientStream(Path file, CountDownLatch arrived) {
            this.file = file;
            this.arrived = arrived;
        }

        @Override
        void onWhole(ChannelHandlerContext context, byte[] bytes) throws IOException {
            Files.write(file, bytes);
            arrived.countDown();
        }
    }

    private final class ServerStreams extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel stream) {
            stream.pipeline().addLast(new ServerStream());
        }
    }

    private final class ServerStream extends WholeStream {
        @Override
        void onWhole(ChannelHandlerContext context, byte[] bytes) throws IOException {
            Path file = arguments.requested(new String(bytes, StandardCharsets.UTF_8));
            context.writeAndFlush(Unpooled.wrappedBuffer(Files.readAllBytes(file)))
                    .addListener(QuicStreamChannel.SHUTDOWN_OUTPUT);
        }
    }
}
