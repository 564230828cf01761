package dev.tern.quic.io;

import dev.tern.quic.observe.ConnectionObserver;
import dev.tern.quic.observe.ObserverFactory;
import dev.tern.quic.observe.qlog.QlogWriter;
import dev.tern.quic.wire.ConnectionId;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Writes a qlog file for each connection into a folder: {@code <original destination connection
 * ID>_client.sqlog} or {@code _server.sqlog}. A file that cannot be written costs its record, not
 * the connection.
 */
public final class QlogFolder implements ObserverFactory {
    private static final Logger LOG = LoggerFactory.getLogger(QlogFolder.class);

    private final Path folder;

    /**
     * Makes the folder, if it is not there.
     *
     * @throws IOException if it cannot be made
     */
    public QlogFolder(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    @Override
    public ConnectionObserver observe(boolean client, ConnectionId originalId, long nowNs) {
        Path file = folder.resolve(originalId + (client ? "_client" : "_server") + ".sqlog");
        try {
            return new QlogWriter(
                    Files.newBufferedWriter(file),
                    client,
                    originalId,
                    Instant.ofEpochMilli(SystemClock.timeOfDayMs()).toString(),
                    nowNs);
        } catch (IOException e) {
            LOG.warn("no qlog of {}: {}", originalId, e.toString());
            return ConnectionObserver.NONE;
        }
    }
}
