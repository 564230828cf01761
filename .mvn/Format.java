import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Checks the format of every Java source below a folder, or applies it: {@code Format check|apply FOLDER}. */
class Format {
    private static final JavaFormatterOptions OPTIONS =
            JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.AOSP).build();

    public static void main(String[] args) throws IOException, FormatterException {
        boolean apply = args[0].equals("apply");
        Path root = Path.of(args[1]);
        List<Path> differing = new ArrayList<>();
        for (Path source : sources(root)) {
            String before = Files.readString(source);
            String after = format(source, before);
            if (!after.equals(before)) {
                differing.add(root.relativize(source));
                if (apply) {
                    Files.writeString(source, after);
                }
            }
        }
        if (!apply && !differing.isEmpty()) {
            differing.forEach(path -> System.err.println("not formatted: " + path));
            System.err.println("run: mvn -N verify -Dformat=apply");
            System.exit(1);
        }
    }

    private static List<Path> sources(Path root) throws IOException {
        try (var files = Files.walk(root, 20)) {
            return files.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> path.toString().contains("/src/"))
                    .toList();
        }
    }

    private static String format(Path source, String text) throws FormatterException {
        try {
            String ordered = ImportOrderer.reorderImports(RemoveUnusedImports.removeUnusedImports(text), OPTIONS.style());
            return new Formatter(OPTIONS).formatSource(ordered);
        } catch (FormatterException e) {
            System.err.println(source + ": " + e.getMessage());
            throw e;
        }
    }
}
