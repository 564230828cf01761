package dev.tern.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import dev.tern.quic.wire.ByteWriter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The valid inputs that fuzzing starts from, made by Tern's own encoders, as the files that Jazzer
 * looks for: {@code <package>/<class>Inputs/<method>/<name>} among the test resources.
 */
final class SeedCorpus {
    private static final int MAX_BYTES = 2048;

    private final Map<Path, byte[]> files = new TreeMap<>();

    /** All seeds there are. */
    static SeedCorpus make() {
        SeedCorpus corpus = new SeedCorpus();
        FrameSeeds.addTo(corpus);
        DatagramSeeds.addTo(corpus);
        ParameterSeeds.addTo(corpus);
        ControlSeeds.addTo(corpus);
        HandshakeSeeds.addTo(corpus);
        return corpus;
    }

    void add(Class<?> target, String name, Consumer<ByteWriter> encoder) {
        ByteWriter out = new ByteWriter().wrap(new byte[MAX_BYTES], 0, MAX_BYTES);
        encoder.accept(out);
        add(target, name, Arrays.copyOf(out.array(), out.position()));
    }

    void add(Class<?> target, String name, byte[] bytes) {
        Path file =
                Path.of(target.getPackageName().replace('.', '/'))
                        .resolve(target.getSimpleName() + "Inputs")
                        .resolve(fuzzTestOf(target))
                        .resolve(name);
        if (files.put(file, bytes) != null) {
            throw new IllegalArgumentException("two seeds are called " + file);
        }
    }

    /** Each seed under the file's path below the test resources. */
    Map<Path, byte[]> files() {
        return files;
    }

    void writeTo(Path resources) throws IOException {
        for (Map.Entry<Path, byte[]> seed : files.entrySet()) {
            Path file = resources.resolve(seed.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, seed.getValue());
        }
    }

    private static String fuzzTestOf(Class<?> target) {
        return Arrays.stream(target.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(FuzzTest.class))
                .findFirst()
                .orElseThrow()
                .getName();
    }
}
