// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import dev.heddle.tools.ToolException;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;

/** Draws the plots of the report into a folder. */
final class Charts {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 480;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int FEW_ROWS = 30; // up to which one plot holds all ratios
    private static final int BAR = 30; // height of a bar with its gap
    private static final double LOG_FROM = 20; // greatest by least value from which an axis is logarithmic

    /** One colour an implementation in all plots: ours blue and green, the JDK's red and orange. */
    private static final Map<String, Color> COLORS = Map.ofEntries(
            Map.entry("heddle", new Color(0x1f4fd8)),
            Map.entry("heddle-fair", new Color(0x1f4fd8)),
            Map.entry("heddle-fifo", new Color(0x1f4fd8)),
            Map.entry("heddle-barging", new Color(0x1a9e77)),
            Map.entry("heddle-lifo", new Color(0x66b3ff)),
            Map.entry("heddle-fifo-barging", new Color(0x1a9e77)),
            Map.entry("heddle-lifo-barging", new Color(0x8fd19e)),
            Map.entry("heddle-async", new Color(0x66b3ff)),
            Map.entry("jdk", new Color(0xd03b2f)),
            Map.entry("jdk-fair", new Color(0xd03b2f)),
            Map.entry("array-fair", new Color(0xd03b2f)),
            Map.entry("jdk-unfair", new Color(0xf0932b)),
            Map.entry("array-unfair", new Color(0xf0932b)),
            Map.entry("linked", new Color(0xb07d4f)),
            Map.entry("synchronous-fair", new Color(0xd03b2f)),
            Map.entry("synchronous-unfair", new Color(0xf0932b)),
            Map.entry("array", new Color(0xd03b2f)),
            Map.entry("transfer", new Color(0xe377c2)),
            Map.entry("disruptor", new Color(0x2f4b4b)),
            Map.entry("paper, new algorithm", new Color(0x5b2c6f)),
            Map.entry("paper, SynchronousQueue", new Color(0xf0932b)),
            Map.entry("paper, old Kotlin", new Color(0x7f8c8d)),
            Map.entry("jox", new Color(0x17a2a2)),
            Map.entry("jctools-mpmc-polled", new Color(0xbcbd22)),
            Map.entry("jctools-mpsc-polled", new Color(0x9c9d00)),
            Map.entry("park", new Color(0x7f8c8d)),
            Map.entry("kotlinx", new Color(0x8e44ad)));

    private final Results results;
    private final Path folder;
    private final Map<String, String> files = new LinkedHashMap<>();

    private Charts(Results results, Path folder) {
        this.results = results;
        this.folder = folder;
    }

    /** Draws all; returns the titles by file name, in the order of the report. */
    static Map<String, String> draw(Results results, Path folder) {
        Charts charts = new Charts(results, folder);
        charts.ratios();
        for (String area : Areas.ALL) {
            charts.times(area);
        }
        charts.bars("bytes per passage", "B/op", charts.rows(Areas.SEMAPHORE, Areas.MUTEX), Figures::bytes);
        return charts.files;
    }

    /** One bar a comparison: how many times faster ours is than the best peer; a plot an area if they are many. */
    private void ratios() {
        if (results.rows().size() <= FEW_ROWS) {
            ratios("beside the best peer", results.rows());
        } else {
            Areas.ALL.forEach(area -> ratios("beside the best peer, " + area, results.rowsOf(area)));
        }
    }

    private void ratios(String title, List<Row> rows) {
        List<String> labels = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (Row row : rows) {
            if (!row.countsFailedCas()) {
                row.duels()
                        .forEach(duel -> results.ratioToBest(row, duel.ours(), duel.peers())
                                .ifPresent(ratio -> {
                                    labels.add(row.id() + ": " + duel.ours());
                                    ratios.add(Math.log(ratio.median()) / Math.log(2));
                                }));
            }
        }
        if (labels.isEmpty()) {
            return;
        }
        Collections.reverse(labels);
        Collections.reverse(ratios);
        HorizontalBarChart chart = new HorizontalBarChartBuilder()
                .width(WIDTH)
                .height(120 + BAR * labels.size())
                .title(title)
                .xAxisTitle("logarithm to base 2 of the ratio: 0 equal, 1 twice as fast, -1 half as fast")
                .build();
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setXAxisTickMarkSpacingHint(BAR - 2); // else labels of bars are left out
        chart.getStyler().setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
        chart.addSeries("ratio", ratios, labels);
        save(chart, title);
    }

    /** Lines where the rows of a plot differ in one number, else bars. */
    private void times(String area) {
        Map<String, List<Row>> plots = results.rowsOf(area).stream()
                .collect(Collectors.groupingBy(row -> row.x().plot(), LinkedHashMap::new, Collectors.toList()));
        List<Row> single = new ArrayList<>();
        plots.forEach((plot, rows) -> {
            if (area.equals(Areas.FIGURE5)) {
                besideThePaper(plot, rows);
            } else if (rows.size() > 1) {
                lines(plot, rows);
            } else {
                single.addAll(rows);
            }
        });
        bars(area, Tables.unit(area), single, Figures::time);
    }

    private void lines(String plot, List<Row> rows) {
        boolean counts = rows.get(0).countsFailedCas();
        String unit = counts ? "failed per operation" : Tables.unit(rows.get(0).area());
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(plot)
                .xAxisTitle(rows.get(0).x().name())
                .yAxisTitle(unit)
                .build();
        List<Double> all = new ArrayList<>();
        for (String implementation : implementations(rows)) {
            List<Integer> xs = new ArrayList<>();
            List<Double> ys = new ArrayList<>();
            for (Row row : rows) {
                Optional<Figures> figures = results.figures(row, implementation);
                figures.ifPresent(f -> {
                    xs.add(row.x().value());
                    ys.add(counts ? f.failedCas() : f.time());
                });
            }
            if (!xs.isEmpty()) {
                Color color = color(implementation);
                XYSeries series = chart.addSeries(implementation, xs, ys);
                series.setLineColor(color);
                series.setMarkerColor(color);
                all.addAll(ys);
            }
        }
        if (all.isEmpty()) {
            return;
        }
        chart.getStyler().setYAxisLogarithmic(isWide(all));
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        save(chart, plot);
    }

    /** Throughput by threads, with the curves of the paper dashed. */
    private void besideThePaper(String plot, List<Row> rows) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(plot)
                .xAxisTitle("threads")
                .yAxisTitle("transfers per ms")
                .build();
        boolean measured = false;
        for (String implementation : implementations(rows)) {
            Map<Integer, Double> points = new TreeMap<>();
            for (Row row : rows) {
                results.figures(row, implementation)
                        .ifPresent(f -> points.put(row.x().value(), NANOS_PER_MILLI / f.time()));
            }
            if (!points.isEmpty()) {
                addCurve(chart, implementation, points, color(implementation));
                measured = true;
            }
        }
        if (!measured) {
            return;
        }
        for (Figure5.Curve curve : Figure5.curves(plot)) {
            addCurve(chart, curve.name(), curve.points(), color(curve.name())).setLineStyle(SeriesLines.DASH_DASH);
        }
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        save(chart, plot);
    }

    private static XYSeries addCurve(XYChart chart, String name, Map<Integer, Double> points, Color color) {
        XYSeries series = chart.addSeries(name, List.copyOf(points.keySet()), List.copyOf(points.values()));
        series.setLineColor(color);
        series.setMarkerColor(color);
        return series;
    }

    private void bars(String title, String unit, List<Row> rows, ToDoubleFunction<Figures> value) {
        List<Row> measured = rows.stream()
                .filter(row -> row.implementations().stream()
                        .anyMatch(i -> results.figures(row, i).isPresent()))
                .toList();
        if (measured.isEmpty()) {
            return;
        }
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .yAxisTitle(unit)
                .build();
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        chart.getStyler().setXAxisLabelRotation(measured.size() > 4 ? 30 : 0);
        List<String> labels = measured.stream()
                .map(row -> rows.stream().map(Row::area).distinct().count() > 1 ? row.id() : row.label())
                .toList();
        for (String implementation : implementations(measured)) {
            List<Double> values = measured.stream()
                    .map(row -> results.figures(row, implementation)
                            .map(value::applyAsDouble)
                            .filter(v -> !v.isNaN())
                            .orElse(0.0))
                    .toList();
            if (values.stream().anyMatch(v -> v > 0)) {
                chart.addSeries(implementation, labels, values).setFillColor(color(implementation));
            }
        }
        save(chart, title);
    }

    private static Set<String> implementations(List<Row> rows) {
        return rows.stream()
                .flatMap(row -> row.implementations().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private List<Row> rows(String... areas) {
        return results.rows().stream()
                .filter(row -> List.of(areas).contains(row.area()))
                .toList();
    }

    private static Color color(String implementation) {
        return COLORS.getOrDefault(implementation, Color.GRAY);
    }

    private static boolean isWide(List<Double> values) {
        double least = Collections.min(values);
        return least > 0 && Collections.max(values) / least >= LOG_FROM;
    }

    private void save(Chart<?, ?> chart, String title) {
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        String name = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + ".png";
        try {
            ImageIO.write(
                    BitmapEncoder.getBufferedImage(chart),
                    "png",
                    folder.resolve(name).toFile());
        } catch (IOException e) {
            throw new ToolException("cannot write " + folder.resolve(name) + ": " + e.getMessage(), e);
        }
        files.put(name, title);
    }
}
