import dev.tern.quic.api.QuicConnection;
import dev.tern.quic.api.QuicEndpoint;
import dev.tern.quic.api.QuicStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** Sends back what it gets: EchoServer PORT CERTIFICATES.pem KEY.pem */
public class EchoServer {
    public static void main(String[] args) throws IOException {
        try (QuicEndpoint server = QuicEndpoint.builder()
                .bind(new InetSocketAddress(Integer.parseInt(args[0])))
                .accept(Path.of(args[1]), Path.of(args[2]), "echo")
                .open()) {
            System.out.println("listening on " + server.localAddress().getPort());
            QuicConnection connection;
            while ((connection = server.accept()) != null) {
                QuicConnection accepted = connection;
                Thread.startVirtualThread(() -> serve(accepted));
            }
        }
    }

    private static void serve(QuicConnection connection) {
        try (QuicStream stream = connection.acceptStream()) {
            stream.inputStream().transferTo(stream.outputStream());
            stream.finish();
            stream.awaitDelivery();
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
    }
}
