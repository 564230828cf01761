package dev.tern.perf.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.perf.interop.Table.Pair;

import org.junit.jupiter.api.Test;

import java.util.List;

class TableTest {
    private static final long SEED = 7;
    private static final Outcome OK = Outcome.ok("");

    private final Table table = new Table(List.of(Scenario.HANDSHAKE, Scenario.ECN), SEED);

    @Test
    void shouldShowAColumnForEachRoleAndARowForEachScenario() {
        table.add(Peer.KWIK, "1.2", List.of(new Pair(OK, OK), new Pair(OK, OK)));
        table.add(Peer.QUICHE, "3", List.of(new Pair(OK, OK), new Pair(OK, OK)));

        assertThat(table.markdown())
                .isEqualTo(
                        """
                        | | kwik 1.2 server | kwik 1.2 client | quiche 3 server | quiche 3 client |
                        | --- | :-: | :-: | :-: | :-: |
                        | handshake | ✓ | ✓ | ✓ | ✓ |
                        | ecn | ✓ | ✓ | ✓ | ✓ |

                        ✓ works   ✗ fails   – the other stack does not do this
                        """);
    }

    @Test
    void shouldSayUnderTheTableWhatItsMarksDoNot() {
        table.add(
                Peer.KWIK,
                "1.2",
                List.of(
                        new Pair(Outcome.failed("a.bin did not arrive"), OK),
                        new Pair(
                                Outcome.unsupported("no marks"), Outcome.unsupported("no marks"))));

        assertThat(table.markdown())
                .isEqualTo(
                        """
                        | | kwik 1.2 server | kwik 1.2 client |
                        | --- | :-: | :-: |
                        | handshake | ✗ <sup>1</sup> | ✓ |
                        | ecn | – <sup>2</sup> | – <sup>2</sup> |

                        ✓ works   ✗ fails   – the other stack does not do this

                        1. a.bin did not arrive
                        2. no marks
                        """);
    }

    @Test
    void shouldNameTheStacksThatAreNotThere() {
        table.leaveOut(Peer.QUIC_GO, "Go is not installed");

        assertThat(table.markdown()).endsWith("\nquic-go was left out: Go is not installed\n");
        assertThat(table.holds()).isTrue();
        assertThat(table.summary())
                .isEqualTo("interop: all 0 cells hold; quic-go was left out: Go is not installed");
    }

    @Test
    void shouldHoldWhereTheOtherStackDoesNotDoSomething() {
        table.add(
                Peer.KWIK,
                "1.2",
                List.of(
                        new Pair(OK, Outcome.ok("at attempt 2")),
                        new Pair(Outcome.unsupported("no marks"), OK)));

        assertThat(table.holds()).isTrue();
        assertThat(table.summary()).isEqualTo("interop: all 3 cells hold");
    }

    @Test
    void shouldNameTheCellsThatFailedInOneLine() {
        Outcome failed = Outcome.failed("why");
        table.add(
                Peer.KWIK,
                "1.2",
                List.of(new Pair(failed, OK), new Pair(failed, Outcome.unsupported("no marks"))));
        table.add(Peer.QUICHE, "3", List.of(new Pair(OK, OK), new Pair(OK, failed)));

        assertThat(table.holds()).isFalse();
        assertThat(table.summary())
                .isEqualTo(
                        "interop: FAILED: 3 of 7 cells: "
                                + "kwik server handshake, kwik server ecn, quiche client ecn");
    }

    @Test
    void shouldTellOnThePageHowToWriteItAgain() {
        table.add(Peer.KWIK, "1.2", List.of(new Pair(OK, OK), new Pair(OK, OK)));

        assertThat(table.page())
                .contains("./tern interop-matrix --markdown docs/interop.md --seed 7")
                .endsWith("\n\n" + table.markdown());
    }
}
