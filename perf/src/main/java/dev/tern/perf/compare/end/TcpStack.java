package dev.tern.perf.compare.end;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;

import javax.net.ServerSocketFactory;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** TCP by blocking sockets, plain or with the JDK's TLS 1.3: the yardstick that runs everywhere. */
final class TcpStack implements Stack {
    private static final String[] TLS = {"TLSv1.3"};
    private static final String[] CIPHERS = {"TLS_AES_128_GCM_SHA256"};

    private final ServerSocketFactory servers;
    private final SocketFactory clients;

    private TcpStack(ServerSocketFactory servers, SocketFactory clients) {
        this.servers = servers;
        this.clients = clients;
    }

    static TcpStack plain() {
        return new TcpStack(ServerSocketFactory.getDefault(), SocketFactory.getDefault());
    }

    static TcpStack tls() throws GeneralSecurityException {
        SSLContext context = SelfSigned.generate().context();
        return new TcpStack(context.getServerSocketFactory(), context.getSocketFactory());
    }

    @Override
    public int receive(Meter received) throws IOException {
        ServerSocket server = servers.createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        if (server instanceof SSLServerSocket secure) {
            secure.setEnabledProtocols(TLS);
            secure.setEnabledCipherSuites(CIPHERS);
        }
        Thread.ofPlatform().daemon().start(() -> serve(server, received));
        return server.getLocalPort();
    }

    private static void serve(ServerSocket server, Meter received) {
        byte[] chunk = new byte[CHUNK_BYTES];
        try (Socket socket = server.accept();
                InputStream in = socket.getInputStream()) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                received.add(read);
            }
        } catch (IOException e) {
            System.err.println(e);
        }
    }

    @Override
    public void send(int port) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        try (Socket socket = clients.createSocket(InetAddress.getLoopbackAddress(), port)) {
            if (socket instanceof SSLSocket secure) {
                secure.setEnabledProtocols(TLS);
                secure.setEnabledCipherSuites(CIPHERS);
            }
            OutputStream out = socket.getOutputStream();
            while (true) {
                out.write(chunk);
            }
        }
    }
}
