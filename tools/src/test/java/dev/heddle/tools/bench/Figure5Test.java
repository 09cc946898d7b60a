// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The experiment of the paper, and its curves beside ours. */
class Figure5Test {
    private static final String RENDEZVOUS = "figure 5, rendezvous, coroutines = threads";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"1, '1 2 4'", "2, '1 2 4'", "4, '1 2 4'", "6, '1 2 4 6'", "128, '1 2 4 8 16 32 64 128'"})
    void rows_ofMachine_goUpToItsProcessors(int processors, String threads) {
        Map<String, Set<Integer>> plots = Figure5.rows(processors).stream()
                .collect(Collectors.groupingBy(
                        row -> row.x().plot(),
                        Collectors.mapping(row -> row.x().value(), Collectors.toCollection(TreeSet::new))));
        assertEquals(4, plots.size(), plots::toString);
        plots.values().forEach(ns -> assertEquals("[" + threads.replace(" ", ", ") + "]", ns.toString()));
    }

    @Test
    void rows_haveAsManyCoroutinesAsThreadsOrAThousand() {
        for (Row row : Figure5.rows(6)) {
            int threads = row.x().value();
            int asMany = threads == 1 ? 2 : threads;
            String coroutines = row.params().get("coroutines");
            assertEquals(row.x().plot().contains("1,000") ? "1000" : "" + asMany, coroutines, row::id);
            assertEquals("" + threads, row.params().get("parallelism"), row::id);
            assertTrue(row.jvmOptions().stream().allMatch(o -> o.endsWith("=" + threads)), row::id);
            assertEquals(2, row.jvmOptions().size(), row::id);
            assertTrue(row.needsVirtualThreads(), row::id);
        }
    }

    @Test
    void curves_ofPaper_areKnownForAsManyCoroutinesAsThreadsOnly() {
        Set<String> withCurves = Figure5.rows(2).stream()
                .map(row -> row.x().plot())
                .filter(plot -> !Figure5.curves(plot).isEmpty())
                .collect(Collectors.toSet());
        assertEquals(Set.of(RENDEZVOUS, "figure 5, buffer of 64, coroutines = threads"), withCurves);
        List<Figure5.Curve> curves = Figure5.curves(RENDEZVOUS);
        assertEquals(3, curves.size(), curves::toString);
        assertEquals(
                Map.of(1, 1385.0, 8, 663.0, 32, 782.0, 128, 1388.0),
                curves.get(0).points());
    }

    @Test
    void page_ofRun_showsThePapersCurvesAndTheirSource() throws IOException {
        Results results = new Results(Figure5.rows(2));
        for (Row row : results.rows()) {
            for (String implementation : row.implementations()) {
                double nanos = 1000.0 + 100 * implementation.length() * row.x().value();
                Path file = folder.resolve("leg.json");
                Files.writeString(file, "[{\"primaryMetric\":{\"rawData\":[[" + nanos + "]]}}]");
                results.add(row, implementation, file);
            }
        }
        Map<String, String> charts = Charts.draw(results, folder);
        String file = "figure-5-rendezvous-coroutines-threads.png";
        assertTrue(charts.containsKey(file), charts::toString);
        BufferedImage image = ImageIO.read(folder.resolve(file).toFile());
        assertTrue(hasColor(image, 0x5b2c6f), "the curve of the new algorithm is missing");
        String page = HtmlReport.page(Map.of(), List.of(), results, charts);
        assertTrue(page.contains(file) && page.contains("PPoPP 2023, Figure 5"), page);
        Results others = new Results(ChannelCatalog.quick());
        assertFalse(HtmlReport.page(Map.of(), List.of(), others, Map.of()).contains("Figure 5"));
    }

    private static boolean hasColor(BufferedImage image, int rgb) {
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                if ((image.getRGB(x, y) & 0xffffff) == rgb) {
                    return true;
                }
            }
        }
        return false;
    }
}
