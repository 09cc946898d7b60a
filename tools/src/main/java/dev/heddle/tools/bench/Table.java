// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A table that can be printed or put on a page. */
final class Table {
    /** Styles of the page. */
    private static final Map<String, String> VERDICTS = Map.of("met", "met", "missed", "missed", "not run", "not-run");

    private final String title;
    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String title, String... header) {
        this.title = title;
        this.header = List.of(header);
    }

    void add(String... cells) {
        if (cells.length != header.size()) {
            throw new IllegalArgumentException(cells.length + " cells, " + header.size() + " columns: " + title);
        }
        rows.add(List.of(cells));
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The table for a terminal, columns aligned. */
    String text() {
        int[] width = new int[header.size()];
        List<List<String>> lines = new ArrayList<>(List.of(header));
        lines.addAll(rows);
        for (List<String> line : lines) {
            for (int i = 0; i < width.length; i++) {
                width[i] = Math.max(width[i], line.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder(title).append('\n');
        for (List<String> line : lines) {
            StringBuilder out = new StringBuilder(" ");
            for (int i = 0; i < width.length; i++) {
                out.append(' ').append(pad(line.get(i), width[i], isNumber(i))).append(' ');
            }
            text.append(out.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** The table for a page. */
    String html() {
        StringBuilder html = new StringBuilder("<h3>" + escape(title) + "</h3>\n<table>\n<tr>");
        header.forEach(cell -> html.append("<th>").append(escape(cell)).append("</th>"));
        html.append("</tr>\n");
        for (List<String> row : rows) {
            html.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                String style = isNumber(i) ? "number" : VERDICTS.getOrDefault(row.get(i), "text");
                html.append("<td class=\"").append(style).append("\">").append(escape(row.get(i)));
                html.append("</td>");
            }
            html.append("</tr>\n");
        }
        return html.append("</table>\n").toString();
    }

    /** A column is one of numbers if all its cells start like one. */
    private boolean isNumber(int column) {
        return rows.stream().map(row -> row.get(column)).allMatch(cell -> cell.matches("-|[0-9].*"))
                && rows.stream().anyMatch(row -> row.get(column).matches("[0-9.,]+x?( .*)?"))
                && column > 0;
    }

    private static String pad(String cell, int width, boolean right) {
        char[] blanks = new char[width - cell.length()];
        Arrays.fill(blanks, ' ');
        return right ? new String(blanks) + cell : cell + new String(blanks);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
