// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** As few legs as show that everything runs. */
final class Smoke {
    private Smoke() {}

    /**
     * Of the given rows, each implementation of each benchmark once with each combination of words among its parameters;
     * numbers differ only in being zero or not. What comes first is kept.
     */
    static List<Row> rows(List<Row> all) {
        Set<List<Object>> seen = new HashSet<>();
        List<Row> rows = new ArrayList<>();
        for (Row row : all) {
            List<String> unseen = row.implementations().stream()
                    .filter(implementation -> seen.add(shape(row, implementation)))
                    .toList();
            if (!unseen.isEmpty()) {
                rows.add(row.only(unseen));
            }
        }
        return rows;
    }

    private static List<Object> shape(Row row, String implementation) {
        Map<String, String> words = new TreeMap<>(row.params());
        words.values().removeIf(value -> value.equals("true") || value.equals("false")); // work, in code that all share
        words.replaceAll((name, value) -> value.matches("[0-9]+") ? Boolean.toString(value.equals("0")) : value);
        return List.of(row.benchmark(), row.countsFailedCas(), implementation, words);
    }
}
