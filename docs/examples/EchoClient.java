import dev.tern.crypto.identity.PkixVerifier;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.quic.api.QuicConnection;
import dev.tern.quic.api.QuicEndpoint;
import dev.tern.quic.api.QuicStream;
import dev.tern.quic.connection.ConnectionConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;

/** Prints what comes back: EchoClient HOST PORT AUTHORITIES.pem TEXT */
public class EchoClient {
    public static void main(String[] args) throws IOException {
        InetSocketAddress server = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
        PkixVerifier verifier =
                PkixVerifier.server(args[0], Path.of(args[2]), System::currentTimeMillis);
        TlsConfig tls = TlsConfig.client(new SecureRandom(), null, verifier, "echo");
        try (QuicEndpoint client = QuicEndpoint.builder().open();
                QuicConnection connection = client.connect(server, ConnectionConfig.of(tls));
                QuicStream stream = connection.openStream()) {
            stream.write(args[3].getBytes(StandardCharsets.UTF_8));
            stream.finish();
            byte[] echo = stream.inputStream().readAllBytes();
            System.out.println(new String(echo, StandardCharsets.UTF_8));
        }
    }
}
