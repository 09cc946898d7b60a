// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What programs that count print becomes figures, or a failure. */
class CountTest {
    private final Results results = new Results(List.of());

    @Test
    void table_ofOutput_hasItsLinesWithoutWarnings() {
        String text = """
                WARNING: an agent
                map entries sorted grown insertion
                # Running 64-bit VM
                heddle 1000 10.6 10.8 534
                skip-list 1000 36.0 35.9 36
                """;
        results.setCount(Count.BYTES, Count.BYTES.table(text));
        assertEquals(3, results.counts().get(Count.BYTES).size());
        assertEquals(Optional.of(534.0), results.counted(Count.BYTES, "insertion", "heddle", 1000));
        assertEquals(Optional.of(36.0), results.counted(Count.BYTES, "sorted", "skip-list", 1000));
        assertEquals(Optional.empty(), results.counted(Count.BYTES, "sorted", "heddle", 2000));
        assertTrue(new Tables(results).counts().get(0).text().contains("534"));
    }

    @Test
    void run_ofAProgramThatIsNotThere_isAFailure() {
        Jvm jvm = Jvm.of(Path.of(System.getProperty("java.home"), "bin", "java"));
        Count.BYTES.run(jvm, Path.of("no-such.jar"), Suite.smoke(), results);
        assertTrue(results.failures().get(0).startsWith("maps.MapBytes: failed: "), results.failures()::toString);
        assertTrue(results.counts().isEmpty());
        Verdict verdict = Goals.judge(results).stream()
                .filter(v -> v.subject().startsWith("sorted map, bytes of an entry"))
                .findFirst()
                .orElseThrow();
        assertEquals("failed: see the list of failures", verdict.figure());
    }

    @Test
    void counts_areTakenWhereThereIsTime_andToShowThatTheyRun() {
        assertTrue(Suite.smoke().counts()
                && Suite.areas(1).counts()
                && Suite.full().counts());
        assertFalse(Suite.quick().counts());
    }
}
