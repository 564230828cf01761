package dev.tern.perf.interop.peer;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What such a program is told.
 *
 * @param isServer else a client
 * @param testCase by the interop runner's name
 * @param folder with the files to serve, or for those that are fetched
 * @param rest certificate, key and key store of a server; names of a client's files
 */
record ProgramArguments(
        boolean isServer, String testCase, int port, Path folder, List<String> rest) {
    private static final int FIXED = 4;

    static ProgramArguments parse(String[] args) {
        return new ProgramArguments(
                args[0].equals("server"),
                args[1],
                Integer.parseInt(args[2]),
                Path.of(args[3]),
                Arrays.asList(args).subList(FIXED, args.length));
    }

    boolean is(String name) {
        return testCase.equals(name);
    }

    boolean resumes() {
        return is("resumption") || is("zerortt");
    }

    Path certificate() {
        return Path.of(rest.get(0));
    }

    Path key() {
        return Path.of(rest.get(1));
    }

    Path keyStore() {
        return Path.of(rest.get(2));
    }

    /** The file of a request, {@code GET /name}. */
    Path requested(String request) {
        return folder.resolve(request.strip().substring("GET /".length()));
    }
}
