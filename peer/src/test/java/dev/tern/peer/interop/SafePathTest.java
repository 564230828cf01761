package dev.tern.peer.interop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;

class SafePathTest {
    private static final Path FOLDER = Path.of("/srv/www");

    @Test
    void shouldFindWhatIsInTheFolder() {
        assertThat(SafePath.in(FOLDER, "/a")).isEqualTo(Path.of("/srv/www/a"));
        assertThat(SafePath.in(FOLDER, "a/b")).isEqualTo(Path.of("/srv/www/a/b"));
        assertThat(SafePath.in(FOLDER, "//a/../c")).isEqualTo(Path.of("/srv/www/c"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                ".",
                "/..",
                "/../www2/x",
                "/../../etc/passwd",
                "/a/../../../etc/passwd",
                "/a/..",
                "/\0"
            })
    void shouldFindNothingOutside(String path) {
        assertThat(SafePath.in(FOLDER, path)).isNull();
    }
}
