// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows, tables, plots and page. */
class ReportTest {
    @TempDir
    Path folder;

    private Results oneRound(List<Row> rows) throws IOException {
        Results results = new Results(rows);
        int value = 1;
        for (Row row : rows) {
            for (String implementation : row.implementations()) {
                Path file = Files.writeString(
                        folder.resolve("leg.json"),
                        "[{\"primaryMetric\":{\"rawData\":[[" + value++ + ".5]]},\"secondaryMetrics\":"
                                + "{\"gc.alloc.rate.norm\":{\"rawData\":[[8]]},"
                                + "\"cas.failed.norm\":{\"rawData\":[[0.25]]}}}]");
                results.add(row, implementation, file);
            }
        }
        return results;
    }

    @Test
    void rows_ofEverySuite_areDistinctAndOfKnownAreas() {
        for (List<Row> rows : List.of(Catalog.quick(), Catalog.full(), Catalog.scaling())) {
            Set<String> ids = new HashSet<>();
            for (Row row : rows) {
                assertTrue(ids.add(row.id()), () -> "twice: " + row.id());
                assertTrue(Areas.ALL.contains(row.area()), row::id);
                assertFalse(row.implementations().isEmpty(), row::id);
                assertEquals(row.area().equals(Areas.HAND_OVER), row.duels().isEmpty(), row::id); // nobody to beat
            }
        }
        Set<String> full = new HashSet<>();
        Catalog.full().forEach(row -> full.add(row.area()));
        Set<String> quick = new HashSet<>();
        Catalog.quick().forEach(row -> quick.add(row.area()));
        quick.add(Areas.FIGURE5); // it has no goal
        assertEquals(full, quick, "quick must show every area");
    }

    @Test
    void rows_withVirtualThreads_areKnownAsSuch() {
        assertTrue(Catalog.full().stream()
                .filter(row -> row.label().contains("virtual"))
                .allMatch(Row::needsVirtualThreads));
        assertTrue(Catalog.full().stream()
                .filter(row -> row.label().contains("platform"))
                .noneMatch(Row::needsVirtualThreads));
    }

    @Test
    void text_ofTable_alignsColumns() {
        Table table = new Table("title", "name", "ns/op");
        table.add("a", "1.50");
        table.add("longer", "1,234");
        assertEquals("title\n  name    ns/op\n  a        1.50\n  longer  1,234\n", table.text());
        assertThrows(IllegalArgumentException.class, () -> table.add("one cell"));
    }

    @Test
    void html_ofTable_escapes() {
        Table table = new Table("a < b", "x");
        table.add("\"&\"");
        assertTrue(table.html().contains("a &lt; b") && table.html().contains("&quot;&amp;&quot;"), table::html);
    }

    @Test
    void page_ofRun_showsGoalsFactsAndEveryPlot() throws IOException {
        Results results = oneRound(Catalog.quick());
        results.addFailure(results.rows().get(0), "heddle-fair", "failed: <reason>");
        Map<String, String> charts = Charts.draw(results, folder);
        assertTrue(charts.size() >= 10, charts::toString);
        for (String file : charts.keySet()) {
            BufferedImage image = ImageIO.read(folder.resolve(file).toFile());
            assertTrue(image.getWidth() > 500 && image.getHeight() > 100, file);
        }
        results.setCount(Count.BYTES, List.of(List.of("map", "sorted"), List.of("heddle", "10.6")));
        String page = HtmlReport.page(Map.of("commit", "abc"), Goals.judge(results), results, charts);
        assertTrue(page.contains(Count.BYTES.title()) && page.contains("10.6"), page);
        assertTrue(page.contains("abc") && page.contains("failed: &lt;reason&gt;"), page);
        charts.keySet().forEach(file -> assertTrue(page.contains("src=\"" + file + "\""), file));
    }

    @Test
    void raw_ofRun_holdsEveryRecord() throws IOException {
        Results results = oneRound(Catalog.quick());
        Path file = folder.resolve("results.json");
        results.writeRaw(file);
        long legs = results.rows().stream()
                .mapToLong(row -> row.implementations().size())
                .sum();
        assertEquals(legs, Files.readString(file).split("primaryMetric", -1).length - 1L);
    }
}
