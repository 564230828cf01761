package dev.tern.quic.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Whatever an application can see of this package says what it is for. */
class JavadocTest {
    private static final String PACKAGE = "src/main/java/dev/tern/quic/api";

    private static List<Path> sources() throws IOException {
        Path here = Path.of(PACKAGE);
        Path folder = Files.isDirectory(here) ? here : Path.of("quic-core", PACKAGE);
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    /** Notes what is public and says nothing. */
    private static final class Silent extends TreePathScanner<Void, Boolean> {
        private final DocTrees comments;
        private final List<String> found = new ArrayList<>();

        Silent(DocTrees comments) {
            this.comments = comments;
        }

        @Override
        public Void visitClass(ClassTree type, Boolean visible) {
            boolean isPublic = visible && type.getModifiers().getFlags().contains(Modifier.PUBLIC);
            note(isPublic, type.getSimpleName().toString());
            boolean isInterface = type.getKind() == Tree.Kind.INTERFACE;
            if (isPublic) {
                for (Tree member : type.getMembers()) {
                    if (member instanceof MethodTree || member instanceof VariableTree) {
                        scan(member, isInterface);
                    }
                }
            }
            return null;
        }

        @Override
        public Void visitMethod(MethodTree method, Boolean inInterface) {
            note(isSeen(method.getModifiers(), inInterface), method.getName().toString());
            return null;
        }

        @Override
        public Void visitVariable(VariableTree field, Boolean inInterface) {
            note(isSeen(field.getModifiers(), inInterface), field.getName().toString());
            return null;
        }

        private static boolean isSeen(ModifiersTree modifiers, boolean inInterface) {
            boolean inherited =
                    modifiers.getAnnotations().stream()
                            .anyMatch(each -> each.toString().contains("Override"));
            return !inherited && (inInterface || modifiers.getFlags().contains(Modifier.PUBLIC));
        }

        private void note(boolean seen, String name) {
            if (seen && comments.getDocComment(getCurrentPath()) == null) {
                found.add(
                        getCurrentPath().getCompilationUnit().getSourceFile().getName()
                                + " "
                                + name);
            }
        }
    }

    @Test
    void shouldSayOfEverythingPublicWhatItIsFor() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    files,
                                    null,
                                    List.of("-proc:none"),
                                    null,
                                    files.getJavaFileObjectsFromPaths(sources()));
            Silent silent = new Silent(DocTrees.instance(task));
            for (CompilationUnitTree unit : task.parse()) {
                silent.scan(unit, true);
            }

            assertThat(silent.found).isEmpty();
        }
    }
}
