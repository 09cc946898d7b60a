// SPDX-License-Identifier: Apache-2.0
package dev.heddle.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The runner must not take for a verdict what is none. */
class RunnerTest {
    private static final String CLEAN = "State-vector 60 byte, depth reached 69, errors: 0\n      610 states, stored\n";
    private static final String ERROR =
            "State-vector 60 byte, depth reached 69, errors: 1\n      10 states, stored\nWarning: Search not completed\n";
    private static final Expectation PASSING = Expectation.parse("m.pml,c,-DN=2 -DK=1,pass,,610,10");
    private static final Expectation MUTANT = Expectation.parse("m.pml,c,-DM,killed,conserve,,10");

    @Test
    void command_thatWorksBeyondItsLimit_isKilled(@TempDir Path folder) throws Exception {
        List<String> endless = List.of("sh", "-c", "echo begun; while :; do :; done");
        Command.Result result = Command.run(folder, Duration.ofSeconds(1), endless);
        assertEquals("begun", result.output().lines().findFirst().orElse(""));
        assertNotEquals(0, result.exit());
    }

    @Test
    void command_inTime_keepsItsExitCodeAndArguments(@TempDir Path folder) throws Exception {
        List<String> command = List.of("sh", "-c", "echo \"$0\"; exit 7", "a  b");
        assertEquals(new Command.Result(7, "a  b\n"), Command.run(folder, Duration.ofSeconds(1), command));
    }

    @Test
    void spin_cleanSearch_passes() {
        assertEquals(Outcome.passed(610, List.of()), Spin.read(CLEAN));
        assertEquals("", PASSING.complaint(Spin.read(CLEAN)));
    }

    @Test
    void spin_unreachedCode_isListed() {
        String text = CLEAN + "unreached in proctype A\n\t/x/y/gate.pml:238, state 8, \"(1)\"\n\t(1 of 305 states)\n"
                + "unreached in init\n\t(0 of 3 states)\n";
        assertEquals(List.of("A gate.pml:238 (1)"), Spin.read(text).unreached());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "error: max search depth too small",
                "Warning: Search not completed",
                "search truncated",
                "pan: out of memory"
            })
    void spin_incompleteSearchWithoutErrors_isNoVerdict(String phrase) {
        assertEquals(Outcome.Kind.INCONCLUSIVE, Spin.read(phrase + "\n" + CLEAN).kind());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "errors: 0",
                "610 states, stored",
                "errors: 0\n 0 states, stored",
                "pan:1: x\nerrors: 0\n 9 states, stored"
            })
    void spin_countMissingOrContradicting_isNoVerdict(String text) {
        assertEquals(Outcome.Kind.INCONCLUSIVE, Spin.read(text).kind());
    }

    @Test
    void spin_violations_areNamed() {
        assertEquals(
                "conserve",
                Spin.read("pan:1: assertion violated (conserve||(a==1)) (at depth 4)\n" + ERROR)
                        .detail());
        assertEquals(
                "deadlock",
                Spin.read("pan:1: invalid end state (at depth 4)\n" + ERROR).detail());
        assertEquals(
                "progress",
                Spin.read("pan:1: non-progress cycle (at depth 4)\n" + ERROR).detail());
    }

    @Test
    void tlc_exitCodes_areRead() {
        String full = """
                9 states generated, 9 distinct states found, 3 states left on queue.
                14 states generated, 9 distinct states found, 0 states left on queue.
                """;
        assertEquals(Outcome.passed(9, List.of()), Tlc.read(0, full));
        assertEquals(
                Outcome.Kind.INCONCLUSIVE, Tlc.read(0, full.substring(0, 70)).kind());
        assertEquals(Outcome.Kind.INCONCLUSIVE, Tlc.read(150, full).kind());
        assertEquals("deadlock", Tlc.read(11, full).detail());
        assertEquals(
                "Quiet",
                Tlc.read(12, "Error: Invariant Quiet is violated.\n" + full).detail());
        assertEquals("liveness", Tlc.read(13, full).detail());
        assertEquals(
                "bound",
                Tlc.read(14, "the second argument was:\n\"bound\"\n" + full).detail());
    }

    @Test
    void complaint_differentStateCount_isWrong() {
        assertEquals("609 states instead of 610", PASSING.complaint(Outcome.passed(609, List.of())));
        assertEquals("violated: fifo", PASSING.complaint(Outcome.violated("fifo", 1)));
    }

    @Test
    void complaint_mutantSurvivesOrDiesOtherwise_isWrong() {
        assertEquals("the mutant survived", MUTANT.complaint(Outcome.passed(610, List.of())));
        assertEquals("killed by fifo, not by conserve", MUTANT.complaint(Outcome.violated("fifo", 1)));
        assertEquals("", MUTANT.complaint(Outcome.violated("conserve", 1)));
        assertEquals("no verdict: x", MUTANT.complaint(Outcome.inconclusive("x")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a,b,c", "m,c,f,pass,prop,1,1", "m,c,f,killed,,1,1", "m,c,f,perhaps,,1,1", "m,c,f,pass,,,1"})
    void expectation_malformedRow_isRejected(String row) {
        assertThrows(IllegalArgumentException.class, () -> Expectation.parse(row));
    }
}
