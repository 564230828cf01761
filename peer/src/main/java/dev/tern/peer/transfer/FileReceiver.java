package dev.tern.peer.transfer;

import dev.tern.quic.api.QuicStream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Receives one file into a folder; it gets its name only when it is whole and its SHA-256 is right.
 */
public final class FileReceiver {
    static final byte WHOLE = 0;
    private static final byte NOT_KEPT = 1;
    private static final int CHUNK_BYTES = 64 * 1024;

    private final Path folder;

    /**
     * What arrived.
     *
     * @param file under its final name
     * @param sha256 of its bytes, in hex
     */
    public record Received(Path file, long sizeBytes, String sha256) {}

    public FileReceiver(Path folder) {
        this.folder = folder;
    }

    /**
     * Receives the file.
     *
     * @throws TransferException if what arrives is not what was sent; nothing is left in the folder
     *     then
     */
    public Received receive(QuicStream stream, Progress progress) throws IOException {
        FileHeader header = FileHeader.read(stream);
        String name = SafeName.clean(header.name());
        Path part = Files.createTempFile(folder, "." + name + ".", ".part");
        try {
            String sum = receiveBytes(stream, header.sizeBytes(), part, progress);
            Path file = SafeName.free(folder, name);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            answer(stream, WHOLE);
            return new Received(file, header.sizeBytes(), sum);
        } catch (TransferException e) {
            answer(stream, NOT_KEPT);
            throw e;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static String receiveBytes(QuicStream stream, long size, Path part, Progress progress)
            throws IOException {
        MessageDigest digest = Sha256.start();
        byte[] chunk = new byte[CHUNK_BYTES];
        long received = 0;
        try (OutputStream out = Files.newOutputStream(part)) {
            while (received < size) {
                int n = stream.read(chunk, 0, (int) Math.min(chunk.length, size - received));
                if (n < 0) {
                    throw new TransferException(
                            "the sender stopped after " + received + " of " + size + " bytes");
                }
                digest.update(chunk, 0, n);
                out.write(chunk, 0, n);
                received += n;
                progress.onBytes(received, size);
            }
        }
        byte[] announced = new byte[Sha256.BYTES];
        Streams.readFully(stream, announced, Sha256.BYTES);
        byte[] actual = digest.digest();
        if (!MessageDigest.isEqual(announced, actual)) {
            throw new TransferException("the SHA-256 does not match: the file was not kept");
        }
        return HexFormat.of().formatHex(actual);
    }

    private static void answer(QuicStream stream, byte verdict) throws IOException {
        stream.write(new byte[] {verdict}, 0, 1);
        stream.finish();
    }
}
