// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import java.util.List;
import java.util.Map;

/** The page of a run. */
final class HtmlReport {
    private static final String STYLE = """
            body { font: 15px/1.45 sans-serif; max-width: 1100px; margin: 2em auto; padding: 0 1em; color: #222 }
            table { border-collapse: collapse; margin: 0.5em 0 1.5em; font-size: 14px }
            th, td { border-bottom: 1px solid #ddd; padding: 0.25em 0.7em; text-align: left; vertical-align: top }
            td.number { text-align: right; font-variant-numeric: tabular-nums }
            td.met { color: #0a6b2d; font-weight: bold } td.missed { color: #b00020; font-weight: bold }
            td.not-run { color: #777 }
            img { max-width: 100%; border: 1px solid #eee; margin: 0.5em 0 }
            """;

    private HtmlReport() {}

    static String page(Map<String, String> facts, List<Verdict> verdicts, Results results, Map<String, String> charts) {
        Tables tables = new Tables(results);
        StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">");
        page.append("<title>Heddle beside its peers</title><style>\n")
                .append(STYLE)
                .append("</style></head>\n<body>\n");
        page.append("<h1>Heddle beside its peers</h1>\n<table>\n");
        facts.forEach((name, value) -> page.append("<tr><th>" + Table.escape(name) + "</th><td>" + Table.escape(value))
                .append("</td></tr>\n"));
        page.append("</table>\n<p>All rows of a run are measured on one JVM; the implementations of a row take turns,")
                .append(" a fork each, and the figures are medians over all forks. A ratio above 1 means that Heddle")
                .append(" is faster; beside it stand the least and the greatest ratio of one round.")
                .append(
                        " Raw results: <a href=\"results.json\">results.json</a>, <a href=\"jmh.log\">jmh.log</a>.</p>\n");
        appendIfAny(page, Tables.goals(verdicts));
        appendIfAny(page, tables.notRun());
        page.append("<h2>Plots</h2>\n");
        charts.forEach((file, title) ->
                page.append("<p><img src=\"" + file + "\" alt=\"" + Table.escape(title) + "\"></p>\n"));
        if (results.rows().stream().anyMatch(row -> row.area().equals(Areas.FIGURE5))) {
            page.append("<p>" + Table.escape(Figure5.SOURCE) + "</p>\n");
        }
        page.append("<h2>Ours beside the best peer</h2>\n");
        tables.duels().forEach(table -> page.append(table.html()));
        appendIfAny(page, tables.handOver());
        appendIfAny(page, tables.idleBytes());
        tables.counts().forEach(table -> page.append(table.html()));
        page.append("<h2>Everything measured</h2>\n");
        tables.everything().forEach(table -> page.append(table.html()));
        return page.append("</body>\n</html>\n").toString();
    }

    private static void appendIfAny(StringBuilder page, Table table) {
        if (!table.isEmpty()) {
            page.append(table.html());
        }
    }
}
