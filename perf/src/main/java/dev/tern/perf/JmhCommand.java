package dev.tern.perf;

import dev.tern.peer.cli.UserError;
import dev.tern.perf.jmh.CipherParameters;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** {@code tern perf jmh}: benchmarks of single parts, run by JMH. */
@Command(
        name = "jmh",
        description = "Run JMH benchmarks and show ns and bytes allocated for each operation.",
        mixinStandardHelpOptions = true)
final class JmhCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "REGEX",
            description =
                    "Run the benchmarks whose name (package.Class.method) it matches in part.")
    private String regex;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also write JMH's own results, with every iteration, to this file.")
    private Path json;

    @Option(
            names = {"-f", "--forks"},
            paramLabel = "N",
            description = "How many JVMs to measure in, one after the other.")
    private Integer forks;

    @Option(
            names = {"-wi", "--warmups"},
            paramLabel = "N",
            description = "Iterations before those that count.")
    private Integer warmups;

    @Option(
            names = {"-i", "--iterations"},
            paramLabel = "N",
            description = "Iterations that count, in each JVM.")
    private Integer iterations;

    @Option(
            names = "--time",
            paramLabel = "MS",
            description = "How long an iteration lasts, in milliseconds.")
    private Long iterationMs;

    private Collection<BenchmarkListEntry> benchmarks;

    @Override
    public Integer call() {
        requireMatch();
        requireFolder();
        System.out.print(JmhTable.of(run()));
        return 0;
    }

    private void requireMatch() {
        try {
            Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new UserError("not a regular expression: " + regex + ": " + e.getDescription());
        }
        OutputFormat silent =
                OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT);
        benchmarks = BenchmarkList.defaultList().find(silent, List.of(regex), List.of());
        if (benchmarks.isEmpty()) {
            throw new UserError("no benchmark matches " + regex + "; '.' matches all of them");
        }
    }

    /** Now, not after minutes of measuring, is the time to learn that nothing can be written. */
    private void requireFolder() {
        Path folder = json == null ? null : json.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new UserError("no such folder: " + folder);
        }
    }

    private Collection<RunResult> run() {
        ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .include(regex)
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .jvmArgs(forkArguments());
        if (json != null) {
            options.resultFormat(ResultFormatType.JSON).result(json.toString());
        }
        if (forks != null) {
            options.forks(forks);
        }
        if (warmups != null) {
            options.warmupIterations(warmups);
        }
        if (iterations != null) {
            options.measurementIterations(iterations);
        }
        if (iterationMs != null) {
            TimeValue time = TimeValue.milliseconds(iterationMs);
            options.warmupTime(time).measurementTime(time);
        }
        try {
            CipherParameters.addTo(options, benchmarks);
            // What happens meanwhile goes where it does not get between the lines of the table.
            OutputFormat progress =
                    OutputFormatFactory.createFormatInstance(System.err, VerboseMode.NORMAL);
            return new Runner(options.build(), progress).run();
        } catch (RunnerException | IOException e) {
            throw new UserError("the benchmark failed: " + e.getMessage());
        }
    }

    /**
     * A fork gets the garbage collector and the permissions of this JVM. It does not get the cache
     * of loaded classes, which would bring a profile of other work.
     */
    private static String[] forkArguments() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-X") || argument.startsWith("--"))
                .filter(argument -> !argument.startsWith("-XX:AOT"))
                .toArray(String[]::new);
    }
}
