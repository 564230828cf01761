package dev.tern.perf.interop;

import dev.tern.perf.compare.end.SelfSigned;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** What every server serves, and the certificate by which it does; made once for all runs. */
public final class Site {
    static final int SMALL_BYTES = 1024;
    static final int LARGE_BYTES = 10_000_000;

    private static final int SMALL_FILES = 200;
    private static final int KEYTOOL_TIMEOUT_S = 30;
    private static final String PASSWORD = "password";
    private static final String ALIAS = "server";

    private final Path folder;

    private Site(Path folder) {
        this.folder = folder;
    }

    static Site make(Path folder, long seed) throws IOException, GeneralSecurityException {
        Site site = new Site(folder);
        Files.createDirectories(site.www());
        RandomGenerator random = new Random(seed);
        for (int i = 0; i < SMALL_FILES; i++) {
            site.makeFile(SMALL_BYTES, i, random);
        }
        site.makeFile(LARGE_BYTES, 0, random);
        site.makeCertificate();
        return site;
    }

    static String name(int bytes, int index) {
        return bytes + "-" + index + ".bin";
    }

    /** The folder with the files. */
    public Path www() {
        return folder.resolve("www");
    }

    /** The certificate, as PEM. */
    public Path certificate() {
        return folder.resolve("cert.pem");
    }

    /** Its key, as PEM. */
    public Path key() {
        return folder.resolve("priv.key");
    }

    /** Both, as PKCS #12. */
    public Path keyStore() {
        return folder.resolve("server.p12");
    }

    private void makeFile(int bytes, int index, RandomGenerator random) throws IOException {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        Files.write(www().resolve(name(bytes, index)), content);
    }

    private void makeCertificate() throws IOException, GeneralSecurityException {
        Files.deleteIfExists(keyStore());
        keytool(
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-sigalg",
                "SHA256withECDSA",
                "-dname",
                "CN=localhost",
                "-validity",
                "30",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1");
        keytool("-exportcert", "-rfc", "-file", certificate().toString());
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore())) {
            store.load(in, PASSWORD.toCharArray());
        }
        new SelfSigned(
                        (PrivateKey) store.getKey(ALIAS, PASSWORD.toCharArray()),
                        (X509Certificate) store.getCertificate(ALIAS))
                .writeKey(key());
    }

    private void keytool(String... arguments) throws IOException {
        List<String> command =
                new java.util.ArrayList<>(
                        List.of(Path.of(System.getProperty("java.home"), "bin", "keytool") + ""));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", ALIAS, "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-keystore", keyStore().toString()));
        Path log = folder.resolve("keytool.log");
        try (Program keytool = Program.start(new Launch(command), log)) {
            if (keytool.await(KEYTOOL_TIMEOUT_S) != 0) {
                throw new IOException("keytool failed: " + Program.lastLine(log));
            }
        }
    }
}
