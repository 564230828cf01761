package dev.tern.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class SeedCorpusTest {
    private static final Path RESOURCES = Path.of("src/test/resources");

    @Test
    void shouldBeWhatTheEncodersWriteToday() throws IOException {
        SeedCorpus corpus = SeedCorpus.make();
        if (System.getProperty("tern.seeds", "check").equals("write")) {
            corpus.writeTo(RESOURCES);
        }
        for (Map.Entry<Path, byte[]> seed : corpus.files().entrySet()) {
            Path file = RESOURCES.resolve(seed.getKey());
            assertThat(file).as("stale seeds; fuzz/README.md says how to write them").exists();
            assertThat(Files.readAllBytes(file)).as(file.toString()).isEqualTo(seed.getValue());
        }
    }
}
