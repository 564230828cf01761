package dev.tern.peer.inspect;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.peer.cli.UserError;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The secrets in a file that a TLS program wrote where SSLKEYLOGFILE pointed (RFC 9850). */
final class KeyLogFile {
    /**
     * @param client whether it protects what the client sends
     */
    record Secret(EncryptionLevel level, boolean client, byte[] bytes) {}

    private KeyLogFile() {}

    static List<Secret> read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new UserError("cannot read the key log " + file);
        }
        List<Secret> secrets = new ArrayList<>();
        int number = 0;
        for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                Secret secret = parse(line.strip().split("\\s+"), file, number);
                if (secret != null) {
                    secrets.add(secret);
                }
            }
        }
        return secrets;
    }

    /** A line is label, client random, secret; labels of no use for packets give null. */
    private static Secret parse(String[] fields, Path file, int number) {
        if (fields.length != 3) {
            throw malformed(file, number);
        }
        EncryptionLevel level =
                switch (fields[0]) {
                    case "CLIENT_EARLY_TRAFFIC_SECRET" -> EncryptionLevel.ZERO_RTT;
                    case "CLIENT_HANDSHAKE_TRAFFIC_SECRET", "SERVER_HANDSHAKE_TRAFFIC_SECRET" ->
                            EncryptionLevel.HANDSHAKE;
                    case "CLIENT_TRAFFIC_SECRET_0", "SERVER_TRAFFIC_SECRET_0" ->
                            EncryptionLevel.ONE_RTT;
                    default -> null;
                };
        if (level == null) {
            return null;
        }
        try {
            byte[] secret = HexFormat.of().parseHex(fields[2]);
            return new Secret(level, fields[0].startsWith("CLIENT"), secret);
        } catch (IllegalArgumentException e) {
            throw malformed(file, number);
        }
    }

    private static UserError malformed(Path file, int number) {
        return new UserError(
                file + " is no key log: line " + number + " is not LABEL CLIENT_RANDOM SECRET");
    }
}
