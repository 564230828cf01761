package dev.tern.crypto.identity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;

/**
 * An Ed25519 private key in a file: PKCS #8 (RFC 8410 §7) as PEM, what {@code openssl genpkey
 * -algorithm ed25519} writes.
 */
final class KeyFile {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final int KEY_BYTES = 32;

    /** All of PKCS #8 that comes before the key's own bytes. */
    private static final byte[] PKCS8_PREFIX =
            HexFormat.of().parseHex("302e020100300506032b657004220420");

    /** A key file has about 120 bytes; we do not read a disk image that was named by mistake. */
    private static final int MAX_FILE_BYTES = 4096;

    private static final Set<PosixFilePermission> OWNER =
            PosixFilePermissions.fromString("rwx------");

    private KeyFile() {}

    static byte[] read(Path file) throws IOException {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(MAX_FILE_BYTES);
        } catch (IOException e) {
            throw FileErrors.sentence("cannot read key file ", file, e);
        }
        byte[] encoded = decodePem(new String(content, StandardCharsets.US_ASCII).strip());
        if (encoded == null
                || encoded.length != PKCS8_PREFIX.length + KEY_BYTES
                || !Arrays.equals(
                        encoded, 0, PKCS8_PREFIX.length, PKCS8_PREFIX, 0, PKCS8_PREFIX.length)) {
            throw new IllegalArgumentException("not an Ed25519 key file: " + file);
        }
        checkOwnerOnly(file);
        return Arrays.copyOfRange(encoded, PKCS8_PREFIX.length, encoded.length);
    }

    /** As ssh does: a key that others could read may have been read. */
    private static void checkOwnerOnly(Path file) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        for (PosixFilePermission permission : view.readAttributes().permissions()) {
            if (!OWNER.contains(permission)) {
                throw new IllegalArgumentException(
                        "key file is open to others; close it with: chmod 600 " + file);
            }
        }
    }

    private static byte[] decodePem(String text) {
        if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
            return null;
        }
        String body =
                text.substring(
                        BEGIN.length(), Math.max(BEGIN.length(), text.length() - END.length()));
        try {
            return Base64.getDecoder().decode(body.strip());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static void create(Path file, byte[] key) throws IOException {
        byte[] encoded = Arrays.copyOf(PKCS8_PREFIX, PKCS8_PREFIX.length + KEY_BYTES);
        System.arraycopy(key, 0, encoded, PKCS8_PREFIX.length, KEY_BYTES);
        String text =
                BEGIN + "\n" + Base64.getEncoder().encodeToString(encoded) + "\n" + END + "\n";
        try {
            createWhole(file, text);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(
                    "a file is already there, and key files are never overwritten: " + file, e);
        } catch (IOException e) {
            throw FileErrors.sentence("cannot write key file ", file, e);
        }
    }

    /**
     * Written beside its place first, so that a crash leaves no half of a key under the real name.
     */
    private static void createWhole(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path written = Files.createTempFile(folder, ".key", ".new", ownerOnly(folder));
        try {
            Files.writeString(written, text);
            moveWithoutReplacing(written, file);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private static void moveWithoutReplacing(Path from, Path to) throws IOException {
        try {
            // A link fails where a name is taken, in one step; a move checks first and then
            // replaces.
            Files.createLink(to, from);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            // Not every file system has hard links.
            Files.move(from, to);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) throws IOException {
        boolean posix = Files.getFileStore(folder).supportsFileAttributeView("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
