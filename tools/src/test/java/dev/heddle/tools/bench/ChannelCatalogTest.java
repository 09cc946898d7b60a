// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which rows the channels have, against whom, and that each is judged. */
class ChannelCatalogTest {
    private static List<Row> rows(String benchmark) {
        return ChannelCatalog.full().stream()
                .filter(row -> row.benchmark().equals(benchmark))
                .toList();
    }

    private static Set<String> peers(Row row) {
        return new TreeSet<>(row.duels().get(0).peers());
    }

    @Test
    void transfers_haveEveryPeerThatWaitsAsAChannelDoes() {
        List<Row> rows = rows(ChannelCatalog.TRANSFER);
        // capacities 0 and 64, with work and without, 2 numbers of platform threads and 3 of virtual ones
        assertEquals(20, rows.size());
        for (Row row : rows) {
            boolean rendezvous = row.params().get("capacity").equals("0");
            Set<String> expected = new TreeSet<>(
                    rendezvous
                            ? Set.of("jox", "synchronous-fair", "synchronous-unfair", "transfer")
                            : Set.of("jox", "array", "linked"));
            if (row.params().get("kind").equals("virtual")) {
                expected.add("kotlinx");
            }
            if (!rendezvous && row.params().get("senders").equals("1")) {
                expected.add("disruptor");
            }
            assertEquals(expected, peers(row), row::id);
            assertEquals(rendezvous, row.extras().isEmpty(), row::id);
            assertTrue(row.extras().stream().allMatch(extra -> extra.startsWith("jctools-")), row::id);
        }
    }

    @Test
    void selects_areOverTwoEightAndSixtyFourChannels() {
        List<Row> rows = rows(ChannelCatalog.SELECT);
        for (String kind : List.of("none", "virtual")) {
            List<Row> some = rows.stream()
                    .filter(row -> row.params().get("kind").equals(kind))
                    .toList();
            assertEquals(
                    List.of("2", "8", "64"),
                    some.stream().map(row -> row.params().get("channels")).toList());
            some.forEach(row -> assertEquals(Set.of("jox", "kotlinx"), peers(row), row::id));
        }
    }

    @Test
    void benchmarks_ofChannels_areEachJudged() {
        Results results = new Results(ChannelCatalog.full());
        results.rows().forEach(row -> results.addNotRun(row, row.benchmark()));
        Set<String> judged =
                Goals.judge(results).stream().map(Verdict::figure).collect(Collectors.toCollection(HashSet::new));
        for (Row row : results.rows()) {
            assertTrue(judged.contains(row.benchmark()), row::id);
        }
    }
}
