package dev.tern.peer.interop;

import dev.tern.peer.cli.UserError;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.IntConsumer;

/** Fetches files into a folder. */
final class Downloads {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final Path folder;
    private final IntConsumer onBytes;

    /**
     * @param onBytes hears how many bytes have come in, each time
     */
    Downloads(Path folder, IntConsumer onBytes) {
        this.folder = folder;
        this.onBytes = onBytes;
    }

    /** Fetches all of them at once, over one connection. */
    void fetch(FileClient client, List<Download> files) throws IOException, InterruptedException {
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (Download file : files) {
            Path target = SafePath.in(folder, file.path());
            if (target == null) {
                throw new UserError(file.path() + " would not stay in " + folder);
            }
            InputStream content = client.get(file);
            FutureTask<Void> task = new FutureTask<>(() -> receive(content, file, target));
            Thread.startVirtualThread(task);
            tasks.add(task);
        }
        for (FutureTask<Void> task : tasks) {
            await(task);
        }
    }

    private static void await(FutureTask<Void> task) throws IOException, InterruptedException {
        try {
            task.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    private Void receive(InputStream content, Download file, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        try (InputStream in = content;
                OutputStream out = Files.newOutputStream(target)) {
            byte[] chunk = new byte[CHUNK_BYTES];
            int count;
            while ((count = in.read(chunk, 0, chunk.length)) >= 0) {
                out.write(chunk, 0, count);
                onBytes.accept(count);
            }
        } catch (IOException e) {
            throw new IOException(file.path() + " did not arrive whole: " + e.getMessage(), e);
        }
        return null;
    }
}
