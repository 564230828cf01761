package dev.tern.quic.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What the documentation shows compiles, and the examples do what they say. */
@Timeout(60)
class ExamplesTest {
    private static final Path DOCS = docs();
    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir Path folder;

    /** The tests may be started in the module or above it. */
    private static Path docs() {
        Path here = Path.of("docs");
        return Files.isDirectory(here) ? here : Path.of("..", "docs");
    }

    private static Path resource(String name) {
        try {
            return Path.of(ExamplesTest.class.getResource("/localhost/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private void compile(List<Path> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter problems = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options =
                    List.of(
                            "-proc:none",
                            "-implicit:none",
                            "-d",
                            folder.toString(),
                            "-cp",
                            System.getProperty("java.class.path"));
            boolean compiled =
                    compiler.getTask(
                                    problems,
                                    files,
                                    null,
                                    options,
                                    null,
                                    files.getJavaFileObjectsFromPaths(sources))
                            .call();
            assertThat(compiled).as(problems.toString()).isTrue();
        }
    }

    private Process run(String program, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                folder + File.pathSeparator + System.getProperty("java.class.path"),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Dtern.aead=jdk",
                                program));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(folder.resolve(program + ".err").toFile())
                .start();
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    @Test
    void shouldEcho() throws Exception {
        Path examples = DOCS.resolve("examples");
        compile(List.of(examples.resolve("EchoServer.java"), examples.resolve("EchoClient.java")));
        Process server =
                run(
                        "EchoServer",
                        "0",
                        resource("cert.pem").toString(),
                        resource("key.pem").toString());
        try {
            String listening = output(server).readLine();
            assertThat(listening).startsWith("listening on ");
            String port = listening.substring("listening on ".length());

            Process client =
                    run(
                            "EchoClient",
                            "127.0.0.1",
                            port,
                            resource("authority.pem").toString(),
                            "hello, terns");

            assertThat(output(client).readLine()).isEqualTo("hello, terns");
            assertThat(client.waitFor()).isZero();
        } finally {
            server.destroy();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EchoServer.java", "EchoClient.java"})
    void shouldBeShort(String example) throws IOException {
        assertThat(Files.readAllLines(DOCS.resolve("examples").resolve(example)))
                .hasSizeLessThan(40);
    }

    @Test
    void shouldShowCodeThatCompiles() throws IOException {
        Matcher snippets = SNIPPET.matcher(Files.readString(DOCS.resolve("api.md")));
        List<Path> sources = new ArrayList<>();
        while (snippets.find()) {
            String name = "Snippet" + sources.size();
            sources.add(
                    Files.writeString(
                            folder.resolve(name + ".java"), program(name, snippets.group(1))));
        }

        assertThat(sources).hasSizeGreaterThan(5);
        compile(sources);
    }

    /** Around a snippet stands what the text before it says is there. */
    private static String program(String name, String snippet) {
        return """
               import dev.tern.crypto.identity.*;
               import dev.tern.crypto.tls.*;
               import dev.tern.quic.api.*;
               import dev.tern.quic.connection.*;
               import dev.tern.quic.observe.qlog.*;
               import java.io.*;
               import java.net.*;
               import java.nio.*;
               import java.nio.file.Path;
               import java.security.SecureRandom;
               import java.time.Duration;
               class %s {
                   void snippet(
                           QuicEndpoint endpoint,
                           QuicConnection connection,
                           QuicStream stream,
                           ConnectionConfig config,
                           InetSocketAddress server,
                           byte[] bytes)
                           throws Exception {
                       %s
                   }
               }
               """
                .formatted(name, snippet);
    }
}
