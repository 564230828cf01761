package dev.tern.peer.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class SafeNameTest {
    @ParameterizedTest
    @CsvSource({
        "holiday.mov, holiday.mov",
        "../../etc/passwd, passwd",
        "C:\\Windows\\system.ini, system.ini",
        ".bashrc, bashrc",
        "'..', file",
        "'/', file",
        "'', file",
        "'a:b|c?.txt', 'a_b_c_.txt'"
    })
    void shouldKeepTheLastPartWithoutWhatCouldHarm(String name, String clean) {
        assertThat(SafeName.clean(name)).isEqualTo(clean);
    }

    @Property(tries = 500)
    void shouldNeverLeaveTheFolder(@ForAll String name) {
        Path folder = Path.of("folder");

        Path path = folder.resolve(SafeName.clean(name)).normalize();

        assertThat(path.getParent()).isEqualTo(folder);
        assertThat(path.getFileName().toString()).doesNotStartWith(".").hasSizeBetween(1, 120);
    }

    @Test
    void shouldNumberNamesThatAreTaken(@TempDir Path folder) throws IOException {
        Files.createFile(folder.resolve("a.tar.gz"));
        Files.createFile(folder.resolve("a.tar (1).gz"));
        Files.createFile(folder.resolve("b"));

        assertThat(SafeName.free(folder, "a.tar.gz")).isEqualTo(folder.resolve("a.tar (2).gz"));
        assertThat(SafeName.free(folder, "b")).isEqualTo(folder.resolve("b (1)"));
        assertThat(SafeName.free(folder, "c")).isEqualTo(folder.resolve("c"));
    }
}
