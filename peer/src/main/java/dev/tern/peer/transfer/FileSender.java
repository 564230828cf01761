package dev.tern.peer.transfer;

import dev.tern.quic.api.QuicStream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** Sends one file over one bidirectional stream. */
public final class FileSender {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final Path file;

    public FileSender(Path file) {
        this.file = file;
    }

    /**
     * Sends the file, and waits until the receiver has it whole.
     *
     * @throws TransferException if the receiver refuses it, or the file changes on the way
     */
    public void send(QuicStream stream, Progress progress) throws IOException {
        long size = Files.size(file);
        new FileHeader(file.getFileName().toString(), size).write(stream);
        MessageDigest digest = Sha256.start();
        byte[] chunk = new byte[CHUNK_BYTES];
        long sent = 0;
        try (InputStream in = Files.newInputStream(file)) {
            int n;
            while (sent < size
                    && (n = in.read(chunk, 0, (int) Math.min(chunk.length, size - sent))) > 0) {
                digest.update(chunk, 0, n);
                stream.write(chunk, 0, n);
                sent += n;
                progress.onBytes(sent, size);
            }
        }
        if (sent < size) {
            throw new TransferException(file + " became shorter while it was sent; send it again");
        }
        byte[] sum = digest.digest();
        stream.write(sum, 0, sum.length);
        stream.finish();
        awaitVerdict(stream);
    }

    private void awaitVerdict(QuicStream stream) throws IOException {
        byte[] verdict = new byte[1];
        Streams.readFully(stream, verdict, 1);
        if (verdict[0] != FileReceiver.WHOLE) {
            throw new TransferException("the receiver could not keep " + file.getFileName());
        }
    }
}
