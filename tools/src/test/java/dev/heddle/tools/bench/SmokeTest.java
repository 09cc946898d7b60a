// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is run to show that everything runs. */
class SmokeTest {
    private static final int MOST_LEGS = 224; // a quarter of a second each, on either JVM

    private static Row row(String label, Map<String, String> params, String... implementations) {
        Row.X x = new Row.X("plot", "axis", 1);
        return new Row("area", label, "B.b", params, 1, List.of(), List.of(implementations), x);
    }

    private static Set<List<String>> legs(List<Row> rows) {
        Set<List<String>> legs = new HashSet<>();
        for (Row row : rows) {
            String kind = row.params().getOrDefault("kind", "");
            for (String implementation : row.implementations()) {
                legs.add(List.of(row.area(), row.benchmark(), kind, implementation));
            }
        }
        return legs;
    }

    @Test
    void smoke_ofTheLibrary_hasEveryBenchmarkImplementationAndKindOfThread() {
        List<Row> all = new ArrayList<>(Catalog.quick());
        all.addAll(Catalog.full());
        all.addAll(Catalog.scaling());
        assertEquals(legs(all), legs(Catalog.smoke()));
        int legs = Catalog.smoke().stream()
                .mapToInt(row -> row.implementations().size())
                .sum();
        assertTrue(legs <= MOST_LEGS, () -> legs + " legs");
    }

    @Test
    void rows_thatDifferInNumbers_areRunOnce() {
        List<Row> rows = Smoke.rows(List.of(
                row("one", Map.of("n", "1"), "a"),
                row("two", Map.of("n", "2"), "a", "b"),
                row("three", Map.of("n", "3"), "a", "b")));
        assertEquals(List.of("one", "two"), rows.stream().map(Row::label).toList());
        assertEquals(List.of("b"), rows.get(1).implementations());
    }

    @Test
    void rows_withZeroOrAnotherWord_areRunAsWell() {
        List<Row> rows = Smoke.rows(List.of(
                row("some", Map.of("n", "1", "side", "left"), "a"),
                row("none", Map.of("n", "0", "side", "left"), "a"),
                row("right", Map.of("n", "1", "side", "right"), "a")));
        assertEquals(
                List.of("some", "none", "right"), rows.stream().map(Row::label).toList());
    }

    @Test
    void timing_ofRows_dependsOnTheirPreparation() {
        for (Row row : Catalog.full()) {
            boolean prepares = row.benchmark().equals(ChannelCatalog.ABORTED);
            String warmUps = Suite.areas(1).timing(row).get(1);
            String steady = row.threads() > Runtime.getRuntime().availableProcessors() ? "20" : "5";
            String expected = prepares ? "1" : row.callTakesSeconds() ? "2" : row.isSingleShot() ? "6" : steady;
            assertEquals(expected, warmUps, row::id);
            assertTrue(row.isSingleShot() || !row.callTakesSeconds(), row::id);
            assertEquals("0", Suite.smoke().timing(row).get(1), row::id);
        }
    }

    @Test
    void forks_ofSmoke_areForRowsWithOptionsOfTheirOwn() {
        for (Row row : Catalog.smoke()) {
            boolean own = row.area().equals(Areas.CAS) || row.area().equals(Areas.FIGURE5);
            assertEquals(own ? 1 : 0, Suite.smoke().forks(row), row::id);
            assertEquals(1, Suite.quick().forks(row), row::id);
            assertEquals(1, Suite.areas(1).forks(row), row::id);
        }
    }
}
