package dev.tern.perf.interop;

import static dev.tern.perf.interop.Outcome.Verdict.UNSUPPORTED;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What came of it, for people. */
final class Table {
    /** One stack, one scenario, both roles of that stack. */
    record Pair(Outcome asServer, Outcome asClient) {}

    private record Column(Peer peer, String version, List<Pair> pairs) {}

    private final List<Scenario> scenarios;
    private final long seed;
    private final List<Column> columns = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    Table(List<Scenario> scenarios, long seed) {
        this.scenarios = scenarios;
        this.seed = seed;
    }

    void add(Peer peer, String version, List<Pair> pairs) {
        columns.add(new Column(peer, version, pairs));
    }

    void leaveOut(Peer peer, String why) {
        leftOut.add(peer + " was left out: " + why);
    }

    boolean holds() {
        return failed().isEmpty();
    }

    /** All of it in one line, for whoever reads no table. */
    String summary() {
        List<String> failed = failed();
        long tried = outcomes().filter(outcome -> outcome.verdict() != UNSUPPORTED).count();
        String untried = leftOut.isEmpty() ? "" : "; " + String.join("; ", leftOut);
        return failed.isEmpty()
                ? "interop: all " + tried + " cells hold" + untried
                : "interop: FAILED: "
                        + failed.size()
                        + " of "
                        + tried
                        + " cells: "
                        + String.join(", ", failed)
                        + untried;
    }

    private Stream<Outcome> outcomes() {
        return columns.stream()
                .flatMap(column -> column.pairs().stream())
                .flatMap(pair -> Stream.of(pair.asServer(), pair.asClient()));
    }

    private List<String> failed() {
        List<String> names = new ArrayList<>();
        for (Column column : columns) {
            for (int i = 0; i < scenarios.size(); i++) {
                Pair pair = column.pairs().get(i);
                if (pair.asServer().isFailed()) {
                    names.add(column.peer() + " server " + scenarios.get(i).label());
                }
                if (pair.asClient().isFailed()) {
                    names.add(column.peer() + " client " + scenarios.get(i).label());
                }
            }
        }
        return names;
    }

    /** The table, and under it what its marks do not say. */
    String markdown() {
        StringBuilder text = new StringBuilder("| |");
        columns.forEach(
                column -> {
                    String stack = column.peer() + " " + column.version();
                    text.append(' ').append(stack).append(" server |");
                    text.append(' ').append(stack).append(" client |");
                });
        text.append("\n| --- |").append(" :-: |".repeat(2 * columns.size())).append('\n');
        List<String> notes = new ArrayList<>();
        for (int i = 0; i < scenarios.size(); i++) {
            text.append("| ").append(scenarios.get(i).label()).append(" |");
            for (Column column : columns) {
                Pair pair = column.pairs().get(i);
                text.append(cell(pair.asServer(), notes)).append(cell(pair.asClient(), notes));
            }
            text.append('\n');
        }
        text.append("\n✓ works   ✗ fails   – the other stack does not do this\n");
        for (int i = 0; i < notes.size(); i++) {
            text.append(i == 0 ? "\n" : "")
                    .append(i + 1)
                    .append(". ")
                    .append(notes.get(i))
                    .append('\n');
        }
        leftOut.forEach(line -> text.append("\n").append(line).append('\n'));
        return text.toString();
    }

    private static String cell(Outcome outcome, List<String> notes) {
        String mark = " " + outcome.verdict().mark();
        if (outcome.note().isEmpty()) {
            return mark + " |";
        }
        if (!notes.contains(outcome.note())) {
            notes.add(outcome.note());
        }
        return mark + " <sup>" + (notes.indexOf(outcome.note()) + 1) + "</sup> |";
    }

    /** The whole page {@code docs/interop.md}. */
    String page() {
        return """
                # Interop

                Tern against other QUIC stacks: real programs, real sockets, one machine, both roles.
                Written by `./tern interop-matrix --markdown docs/interop.md --seed %d`; not by hand.

                A column is the other stack in one role, with Tern in the other. Every run must bring
                all files unchanged, and show what it was for: a Retry or version 2 on the wire, keys
                that were updated, a handshake without a certificate, marks that were counted. The
                files pass a proxy that loses datagrams by a seed (transferloss 2 %%, handshakeloss
                30 %%, both ways) and changes the client's address (rebind); a run with loss that fails
                is repeated once with another seed, and a note says so.

                quic-go runs its own programs for the interop runner; kwik, and quiche through Netty,
                run small ones of ours; ngtcp2 the examples that Debian packages, over HTTP/3, which
                is all that they speak. With the others it is hq-interop.

                """
                        .formatted(seed)
                + markdown();
    }
}
